import { gatewayResponses } from './gateway-responses.ts';
import { type OpenApiDocument, openApiOf } from './openapi.ts';
import type { Routes } from './route.ts';

/** Names of a template's parts, as Terraform's templatefile() fills them in. */
const VPC_LINK = '$' + '{vpc_link}';
const BACKEND = '$' + '{backend}';

const BUFFERED_MS = 29_000;
const STREAMED_MS = 900_000;

/** The gateway's stage, with which its public addresses begin; those of the program that begin so do without it there. */
const STAGE = 'v1';

/** For the machines beside it alone. */
const INSIDE = new Set(['/metrics']);

/** What a cache may hold for seconds: reads that are asked again and again, of one's own documents. */
const CACHED = /^\/v1\/documents(\/\{id\}(\/(text|chunks))?)?$/;

type Operation = NonNullable<NonNullable<OpenApiDocument['paths']>[string]['get']>;

interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required: boolean;
  readonly schema: { readonly type: 'string' };
}

/** Of a request, as a mapping names it. */
const REQUEST_PART = { path: 'path', query: 'querystring', header: 'header' } as const;

/**
 * The table of routes as a REST API of API Gateway takes it: OpenAPI 3.0.1 without schemas, each operation passed on over
 * a VPC link to the program's own path. Not valid before its two parts in braces are filled in.
 */
export const gatewayOf = (routes: Routes): object => {
  const paths: Record<string, Record<string, object>> = {};
  for (const [path, operations] of Object.entries(openApiOf(routes).paths ?? {})) {
    if (INSIDE.has(path)) continue;
    const declared = Object.entries(operations) as [string, Operation][];
    paths[publicPath(path)] = Object.fromEntries(
      declared.map(([method, operation]) => [method, methodOf(method, path, operation)]),
    );
  }
  return {
    openapi: '3.0.1',
    info: { title: 'Assistant', version: '1' },
    paths,
    'x-amazon-apigateway-binary-media-types': ['multipart/form-data'],
    'x-amazon-apigateway-gateway-responses': gatewayResponses(),
  };
};

const publicPath = (path: string): string => (path.startsWith(`/${STAGE}/`) ? path.slice(STAGE.length + 1) : path);

const methodOf = (method: string, path: string, operation: Operation): object => {
  const isCached = method === 'get' && CACHED.test(path);
  const parameters = parametersOf(operation, isCached);
  const mapped = parameters.map(({ in: where, name }) => `${REQUEST_PART[where]}.${name}`);
  return {
    operationId: operation.operationId,
    ...(parameters.length > 0 && { parameters }),
    responses: { '200': { description: 'As the program answers' } },
    'x-amazon-apigateway-integration': {
      type: 'http_proxy',
      httpMethod: method.toUpperCase(),
      uri: `${BACKEND}${path}`,
      connectionType: 'VPC_LINK',
      connectionId: VPC_LINK,
      passthroughBehavior: 'when_no_match',
      ...(mapped.length > 0 && {
        requestParameters: Object.fromEntries(
          mapped.map((part) => [`integration.request.${part}`, `method.request.${part}`]),
        ),
      }),
      ...(isCached && { cacheKeyParameters: mapped.map((part) => `method.request.${part}`) }),
      ...(isStreamed(operation)
        ? { responseTransferMode: 'STREAM', timeoutInMillis: STREAMED_MS }
        : { timeoutInMillis: BUFFERED_MS }),
    },
  };
};

/** Of a cached answer everything that it depends on: whose it is, what was asked, and which version is known already. */
const parametersOf = ({ parameters = [], security = [] }: Operation, isCached: boolean): Parameter[] => {
  const named = parameters.flatMap((parameter) =>
    'in' in parameter && (parameter.in === 'path' || parameter.in === 'query')
      ? [parameterOf(parameter.in, parameter.name)]
      : [],
  );
  const headers = [...(security.length > 0 ? ['Authorization'] : []), ...(isCached ? ['If-None-Match'] : [])];
  return [...named, ...headers.map((name) => parameterOf('header', name))];
};

const parameterOf = (where: Parameter['in'], name: string): Parameter => ({
  in: where,
  name,
  required: where === 'path',
  schema: { type: 'string' },
});

const isStreamed = ({ responses = {} }: Operation): boolean =>
  Object.values(responses).some((response) => 'text/event-stream' in (response.content ?? {}));
