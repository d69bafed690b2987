/**
 * What a Serverless collection for vectors offers:
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-genref.html
 */
const OPERATIONS: readonly (readonly [methods: string, path: RegExp])[] = [
  ['PUT GET HEAD DELETE', /^\/[^_/][^/]*$/],
  ['GET', /^(\/[^_/][^/]*)?\/_(mapping|mappings)$/],
  ['PUT', /^\/[^_/][^/]*\/_mapping$/],
  ['GET PUT', /^\/[^_/][^/]*\/_settings(\/[^/]+)?$/],
  ['GET', /^\/_cat\/(indices|aliases)(\/[^/]+)?$/],
  ['GET', /^\/_resolve\/index\/[^/]+$/],
  ['GET HEAD', /^(\/[^_/][^/]*)?\/_alias(\/[^/]+)?$/],
  ['POST', /^\/_aliases$/],
  ['POST', /^(\/[^_/][^/]*)?\/_bulk$/],
  ['POST', /^\/[^_/][^/]*\/_doc$/],
  ['GET HEAD DELETE', /^\/[^_/][^/]*\/_doc\/[^/]+$/],
  ['GET HEAD', /^\/[^_/][^/]*\/_source\/[^/]+$/],
  ['GET POST', /^(\/[^_/][^/]*)?\/_(search|msearch|mget|count|field_caps|analyze)$/],
  ['GET POST', /^\/[^_/][^/]*\/_(explain\/[^/]+|validate\/query)$/],
  ['POST DELETE', /^(\/[^_/][^/]*)?\/_search\/point_in_time(\/_all)?$/],
];

/** Writing one document under an id of the caller's. */
const WITH_ID = /^\/[^_/][^/]*\/_(doc|create|update)\/[^/]+$/;

export const ID_FAULT = {
  type: 'illegal_argument_exception',
  reason: 'Document ID is not supported in create/index operation request',
};
export const UPSERT_FAULT = { type: 'illegal_argument_exception', reason: 'Upsert is not supported' };

export interface Refused {
  readonly status: number;
  /** Nothing for an operation that is not there. */
  readonly body?: object;
}

/** How a collection says no to a request, or undefined where it does not. */
export const refusedBy = (method: string, { pathname, searchParams }: URL): Refused | undefined => {
  if ((method === 'PUT' || method === 'POST') && WITH_ID.test(pathname)) return faulty(ID_FAULT);
  const offered = OPERATIONS.some(([methods, path]) => methods.split(' ').includes(method) && path.test(pathname));
  if (!offered || searchParams.has('scroll')) return { status: 404 };
  const refresh = searchParams.get('refresh') ?? 'false';
  if (refresh !== 'false') {
    return faulty({ type: 'status_exception', reason: `${refresh || 'true'} refresh policy is not supported.` });
  }
  return searchParams.has('require_alias') ? faulty(unknownParameter('require_alias')) : undefined;
};

const unknownParameter = (name: string) => ({
  type: 'illegal_argument_exception',
  reason: `request contains unrecognized parameter: [${name}]`,
});

const faulty = (fault: object): Refused => ({
  status: 400,
  body: { error: { root_cause: [fault], ...fault }, status: 400 },
});
