import assert from 'node:assert/strict';
import { read } from '../../../../../workers/extract/readers/html.ts';
import { outlineOf, readingOf } from '../../../../support/reading.ts';

const textOf = async (html: string): Promise<string> => (await readingOf(read, html)).text;

describe('HTML', () => {
  it('gives the main text without scripts, styles and navigation', async () => {
    const page = `<!doctype html><title>The &amp; title</title><style>p{}</style><nav><a>Home</a></nav>
      <div class="sidebar wide">Links</div><p hidden>no</p><main><h1>Heading</h1><p>Text <b>of</b> it.<script>1</script></main>
      <aside>Ads</aside><footer>Imprint</footer>`;
    const { text, title } = await readingOf(read, page);
    assert.equal(text, 'Heading\n\nText of it.');
    assert.equal(title, 'The & title');
  });

  it('takes the navigation when there is nothing else', async () => {
    assert.equal(await textOf('<nav><ul><li>Home</li><li>Help</li></ul></nav>'), '- Home\n- Help');
  });

  it('keeps a small main part from hiding the rest of the page', async () => {
    const rest = `<p>${'All the text is here. '.repeat(20)}</p>`;
    assert.match(await textOf(`<main>Tiny</main>${rest}`), /All the text is here/);
  });

  it('has headings as sections', async () => {
    const reading = await readingOf(read, '<main><h1>A <i>b</i></h1>x<h2 id=c>C</h2><p>y</p><h2> </h2></main>');
    assert.deepEqual(outlineOf(reading), ['1 A b: A b', '2 C: C']);
  });

  it('lays out lists, tables, line breaks and preformatted text', async () => {
    const html = `<ul><li>one<ul><li>inner</ul><li><p>two</p></ul><ol><li>a<li>b</ol>
      <table><tr><th>Name<th>Age</tr><tr><td><p>Ann</p><td></td><td>x</tr></table>
      <p>line<br>break</p><pre>\n if x:\n   y &lt; 2\n</pre>`;
    assert.equal(
      await textOf(html),
      '- one\n  - inner\n- two\n\n1. a\n2. b\n\nName | Age\nAnn |  | x\n\nline\nbreak\n\n if x:\n   y < 2',
    );
  });

  it('decodes entities, and knows its declared charset', async () => {
    assert.equal(await textOf('caf&eacute; &#128512; &lt;b&gt; &nonsense; a&nbsp;b'), 'café 😀 <b> &nonsense; a b');
    const greek = Buffer.concat([Buffer.from('<meta charset="iso-8859-7"><p>'), Buffer.from([0xe1, 0xe2, 0xe3])]);
    assert.equal((await readingOf(read, greek)).text, 'αβγ');
  });

  for (const [what, html] of [
    ['a million open elements', '<div>'.repeat(1e6)],
    ['elements closed in any order', '<b><i>x</b></i>'.repeat(1e5)],
    ['a tag with a million attributes', `<a ${'x=y '.repeat(1e6)}>t</a>`],
    ['a million angle brackets', '<'.repeat(1e6)],
    ['lists in lists without end', '<ul><li>x'.repeat(1e5)],
  ] as const) {
    it(`bears ${what}`, async () => {
      assert.ok((await textOf(html)).length <= 2 * html.length);
    });
  }
});
