import assert from 'node:assert/strict';
import { gatewayOf } from '../../../api/gateway.ts';
import { wholeApi } from '../../support/terraform/written-from-program.ts';

interface Integration {
  readonly type: string;
  readonly uri: string;
  readonly timeoutInMillis: number;
  readonly responseTransferMode?: string;
  readonly cacheKeyParameters?: readonly string[];
  readonly requestParameters?: Readonly<Record<string, string>>;
}
type Method = { readonly 'x-amazon-apigateway-integration': Integration };
interface Skeleton {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Method>>>>;
}

const skeleton = () => gatewayOf(wholeApi()) as Skeleton;
const integrationOf = (method: string, path: string) =>
  skeleton().paths[path]?.[method]?.['x-amazon-apigateway-integration'];

describe('gatewayOf', () => {
  it('has an operation for each route but /metrics, at its path without the stage', () => {
    const offered = Object.entries(skeleton().paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const declared = Object.keys(wholeApi()).filter((address) => address !== 'GET /metrics');
    assert.deepEqual(offered.sort(), declared.map((address) => address.replace(' /v1/', ' /')).sort());
  });

  it('passes a path on as the program knows it, with what stands in it', () => {
    const integration = integrationOf('get', '/documents/{id}');
    assert.ok(integration?.uri.endsWith('/v1/documents/{id}'));
    assert.equal(integration?.requestParameters?.['integration.request.path.id'], 'method.request.path.id');
  });

  it('streams events and answers, and buffers the rest', () => {
    const streamed = Object.entries(skeleton().paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, method]) => method['x-amazon-apigateway-integration'].responseTransferMode === 'STREAM')
        .map(([method]) => `${method} ${path}`),
    );
    assert.deepEqual(streamed.sort(), ['get /documents/{id}/events', 'post /answers']);
    assert.equal(integrationOf('post', '/answers')?.timeoutInMillis, 900_000);
    assert.equal(integrationOf('post', '/search')?.timeoutInMillis, 29_000);
  });

  it('keys what may be cached by who asks, what is asked, and what is known already', () => {
    assert.deepEqual(integrationOf('get', '/documents/{id}/text')?.cacheKeyParameters, [
      'method.request.path.id',
      'method.request.header.Authorization',
      'method.request.header.If-None-Match',
    ]);
    assert.ok(integrationOf('get', '/documents')?.cacheKeyParameters?.includes('method.request.querystring.cursor'));
  });

  it('never caches logins, events or what changes something', () => {
    const cached = Object.entries(skeleton().paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, method]) => method['x-amazon-apigateway-integration'].cacheKeyParameters !== undefined)
        .map(([method]) => `${method} ${path}`),
    );
    assert.deepEqual(cached.sort(), [
      'get /documents',
      'get /documents/{id}',
      'get /documents/{id}/chunks',
      'get /documents/{id}/text',
    ]);
  });

  it('carries no schemas: the import takes OpenAPI 3.0.1', () => {
    assert.equal(skeleton().openapi, '3.0.1');
    assert.ok(!JSON.stringify(skeleton()).includes('$ref'));
  });
});
