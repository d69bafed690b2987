import type { Mark, Reader } from '../reading.ts';
import { textBuilder } from '../text/builder.ts';
import { knownCharset } from '../text/charset.ts';
import { decoded } from '../text/decode.ts';
import { htmlEvents } from '../text/html-events.ts';
import { htmlFlow } from '../text/html-flow.ts';
import { mainFinder } from '../text/html-main.ts';
import { withoutNoise } from '../text/html-noise.ts';

/** Where a page may say its charset. */
const HEAD = 2048;
const CHARSET = /<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]+)/i;

/** So little may be all noise by mistake. */
const SUSPICIOUS = 200;

interface Page {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly title: string;
}

const pageOf = (html: string, frame: boolean): Page => {
  const built = textBuilder();
  const flow = htmlFlow(built);
  const main = mainFinder(built.length);
  let [inTitle, title] = [false, ''];
  const handler = withoutNoise(
    {
      open(tag) {
        inTitle = tag.name === 'title';
        flow.open(tag);
        main.open(tag);
      },
      close(name) {
        inTitle = false;
        flow.close(name);
        main.close(name);
      },
      text(text) {
        if (inTitle) title += text;
        else flow.text(text);
      },
    },
    frame,
  );
  htmlEvents(html, handler);
  flow.end();
  return { ...main.mainOf(built.done()), title: title.replace(/\s+/g, ' ').trim() };
};

/** The main text of a page: headings are sections, list items and table rows lines. */
export const read: Reader = async (bytes) => {
  const declared = CHARSET.exec(Buffer.from(bytes.subarray(0, HEAD)).toString('latin1'))?.[1];
  const { text: html } = await decoded(bytes, knownCharset(declared));
  const framed = pageOf(html, true);
  const page = framed.text.length < SUSPICIOUS ? pageOf(html, false) : framed;
  const title = page.title === '' ? page.marks.find(({ level }) => level === 1)?.title : page.title;
  return { text: page.text, kind: 'prose', marks: page.marks, title };
};
