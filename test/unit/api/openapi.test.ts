import assert from 'node:assert/strict';
import { z } from 'zod';
import { jsonBody } from '../../../api/http/body.ts';
import { json } from '../../../api/http/reply.ts';
import { openApiOf } from '../../../api/openapi.ts';
import { route } from '../../../api/route.ts';
import { routesOf } from '../../../api/routes.ts';
import type { Ports } from '../../../common/ports/ports.ts';

const Pet = z.object({ name: z.string() }).meta({ id: 'Pet' });
const pets = {
  'PUT /v1/pets/{id}': route({
    summary: 'Keep a pet',
    access: 'admin',
    params: z.object({ id: z.uuid() }),
    body: jsonBody(Pet),
    reply: json(Pet, { status: 201 }),
    problems: ['conflict'],
    handle: async ({ body }) => body,
  }),
};

/** Of the whole API; nothing is called, so no port is needed. */
const whole = () => {
  const settings = {
    readMetrics: async () => '',
    maxFormBytes: 1,
    maxUploadBytes: 1,
    bucket: 'local',
    storageAnnounces: false,
  };
  return openApiOf(routesOf({} as Ports, settings));
};

describe('openApiOf', () => {
  it('declares what a route takes, answers and refuses', () => {
    const operation = openApiOf(pets).paths?.['/v1/pets/{id}']?.put;
    assert.equal(operation?.operationId, 'putPetsId');
    assert.deepEqual(operation?.security, [{ bearer: [] }]);
    assert.deepEqual(Object.keys(operation?.responses ?? {}), '201 400 401 403 404 409 413 415 500 503'.split(' '));
    const schema = { $ref: '#/components/schemas/Pet' };
    assert.partialDeepStrictEqual(operation, {
      parameters: [{ in: 'path', name: 'id', required: true }],
      requestBody: { content: { 'application/json': { schema } } },
    });
  });

  it('names schemas that recur', () => {
    const names = Object.keys(whole().components?.schemas ?? {});
    for (const name of ['Answer', 'Citation', 'Document', 'Passage', 'Problem', 'Session', 'User']) {
      assert.ok(names.includes(name), name);
    }
  });

  it('refers to nothing that is not there', () => {
    const document = JSON.stringify(whole());
    const schemas = whole().components?.schemas ?? {};
    const referred = [...document.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
    assert.equal(referred.length, [...document.matchAll(/"\$ref"/g)].length);
    assert.deepEqual(
      referred.filter((name) => !(name in schemas)),
      [],
    );
  });

  it('has an id of its own for each operation, and each parameter of its path', () => {
    const operations = Object.entries(whole().paths ?? {}).flatMap(([path, item]) =>
      Object.values(item as Record<string, { operationId: string; parameters?: { in: string; name: string }[] }>).map(
        (operation) => ({ path, ...operation }),
      ),
    );
    assert.ok(operations.length >= 28);
    assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
    for (const { path, parameters = [] } of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      assert.deepEqual(
        inPath,
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      );
    }
  });
});
