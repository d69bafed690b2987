import type { HtmlHandler, OpenTag } from './html-events.ts';

/** Never text, wherever they stand. */
const HIDDEN = new Set(
  'script style noscript template svg iframe object canvas audio video map select datalist button textarea dialog'.split(
    ' ',
  ),
);
/** Around the text of a page. */
const FRAME = new Set(['nav', 'footer', 'aside', 'menu']);
const ROLES = new Set(['navigation', 'banner', 'contentinfo', 'search', 'complementary', 'menu', 'dialog']);
/** Class names and ids, whole, of what many sites put around their text. */
const NAMES =
  /(?:^|\s)(?:nav|navbar|sidebar|breadcrumbs?|menu|pagination|skip-link|toc|table-of-contents|navbox|noprint|no-print|cookie-banner|site-footer|site-header|mw-editsection|mw-jump-link|hash-link|headerlink|anchor-link|sr-only|visually-hidden)(?:$|\s)/i;

/** Elements that people close; another one, left open, would swallow the page. */
const CLOSED = new Set('div section nav aside header footer ul ol table span form figure dl a menu'.split(' '));

const isHidden = ({ attributes }: OpenTag): boolean =>
  attributes.has('hidden') ||
  attributes.get('aria-hidden') === 'true' ||
  /display\s*:\s*none/.test(attributes.get('style') ?? '');

const isFrame = ({ name, attributes }: OpenTag): boolean =>
  FRAME.has(name) ||
  attributes.has('hreflang') || // the same page in another language
  ROLES.has(attributes.get('role') ?? '') ||
  NAMES.test(attributes.get('class') ?? '') ||
  NAMES.test(attributes.get('id') ?? '');

const isNoise = (tag: OpenTag, frame: boolean): boolean =>
  HIDDEN.has(tag.name) || (CLOSED.has(tag.name) && (isHidden(tag) || (frame && isFrame(tag))));

/** Lets through what people read; with `frame`, not what stands around the text of a page either. */
export const withoutNoise = (handler: HtmlHandler, frame: boolean): HtmlHandler => {
  let [skipped, depth] = ['', 0];
  return {
    open(tag) {
      if (depth > 0) depth += tag.name === skipped ? 1 : 0;
      else if (isNoise(tag, frame)) [skipped, depth] = [tag.name, 1];
      else handler.open(tag);
    },
    close(name) {
      if (depth === 0) handler.close(name);
      else if (name === skipped) depth -= 1;
    },
    text(text) {
      if (depth === 0) handler.text(text);
    },
  };
};
