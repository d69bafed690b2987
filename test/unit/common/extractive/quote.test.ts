import assert from 'node:assert/strict';
import { quotedCode, quotedProse, quotedRow } from '../../../../common/adapters/embedded/extractive/quote.ts';

describe('quotedProse', () => {
  it('stands on one line', () => {
    assert.equal(quotedProse(' Tea is\n  hot. '), 'Tea is hot.');
  });

  it('holds nothing that looks like a citation', () => {
    assert.equal(quotedProse('So it is.[3] See items[0].'), 'So it is.[ 3 ] See items[ 0 ].');
  });

  it('loads nothing from elsewhere', () => {
    assert.equal(
      quotedProse('See ![a pot](https://tracker.example/p.png "t") and [this](https://x.example).'),
      'See a pot and this.',
    );
  });

  it('shows a tag instead of obeying it', () => {
    assert.equal(
      quotedProse('Use <b>bold</b> or <img src=x onerror=run()>.'),
      'Use `<b>`bold`</b>` or `<img src=x onerror=run()>`.',
    );
    assert.equal(quotedProse('Use `<b>` here, 1 < 2, and <img src=x'), 'Use `<b>` here, 1 < 2, and < img src=x');
  });

  it('opens no block of code', () => {
    assert.equal(quotedProse('It is ```not so``` here.'), 'It is not so here.');
  });
});

describe('quotedRow', () => {
  it('keeps the cells apart', () => {
    assert.equal(quotedRow('green\t2\t\t3 g'), 'green | 2 | 3 g');
    assert.equal(quotedRow('| green | 2 |'), '| green | 2 |');
  });
});

describe('quotedCode', () => {
  it('keeps lines and moves them to the left together', () => {
    assert.equal(quotedCode('    if (a) {\n      b();\n    }'), '```\nif (a) {\n  b();\n}\n```');
  });

  it('is fenced by more marks than it holds', () => {
    assert.equal(quotedCode('a ``` b\n````\n[1]'), '`````\na ``` b\n````\n[1]\n`````');
  });
});
