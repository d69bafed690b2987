import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type JWTPayload, UnsecuredJWT } from 'jose';
import { cognitoTokens } from '../../../../common/adapters/aws/cognito/cognito-tokens.ts';
import { type Listening, listening } from '../../../support/listening.ts';
import { testKey } from '../../../support/test-key.ts';

const POOL = { userPoolId: 'eu-central-1_Example', clientId: 'the app client' };
const CLAIMS = {
  iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example',
  sub: 'ada',
  client_id: POOL.clientId,
  token_use: 'access',
};
const refused = { code: 'unauthenticated' };

interface KeyServer extends Listening {
  asked: number;
  /** What it answers: the pool's keys. */
  body: string;
}

const keyServer = async (keys: readonly object[]): Promise<KeyServer> => {
  const served = await listening(
    createServer((_, response) => {
      server.asked += 1;
      response.end(server.body);
    }),
  );
  const server = { ...served, asked: 0, body: JSON.stringify({ keys }) };
  return server;
};

/** A verifier of the pool, whose keys come from a server of our own. */
const opened = async () => {
  const key = await testKey('one');
  const server = await keyServer([key.jwk]);
  const tokens = cognitoTokens({ ...POOL, jwksUrl: server.url });
  return { key, server, tokens, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};

describe('cognitoTokens', () => {
  it('takes a token of its pool, and fetches the keys once', async () => {
    await using home = await opened();
    for (let n = 0; n < 3; n += 1) assert.equal(await home.tokens.verify(await home.key.sign(CLAIMS)), 'ada');
    assert.equal(home.server.asked, 1);
  });

  const wrong: Record<string, JWTPayload> = {
    'another issuer': { iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Other' },
    'an issuer that is no pool': { iss: 'https://example.org' },
    'another app client': { client_id: 'another' },
    'the right client as audience alone': { client_id: undefined, aud: POOL.clientId },
    'an ID token': { token_use: 'id', aud: POOL.clientId },
    'a token for nothing': { token_use: undefined },
    'a token that has expired': { exp: Math.floor(Date.now() / 1_000) - 10 },
  };
  for (const [what, change] of Object.entries(wrong)) {
    it(`refuses ${what}`, async () => {
      await using home = await opened();
      await assert.rejects(home.tokens.verify(await home.key.sign({ ...CLAIMS, ...change })), refused);
    });
  }

  it('refuses what is signed with another key of the same name, and what is not signed', async () => {
    await using home = await opened();
    const forger = await testKey('one');
    await assert.rejects(home.tokens.verify(await forger.sign(CLAIMS)), refused);
    await assert.rejects(home.tokens.verify(new UnsecuredJWT(CLAIMS).encode()), refused);
  });

  it('asks once for a key that nobody knows, and goes on with those that it has', async () => {
    await using home = await opened();
    const forger = await testKey('unknown');
    for (let n = 0; n < 5; n += 1) await assert.rejects(home.tokens.verify(await forger.sign(CLAIMS)), refused);
    assert.equal(home.server.asked, 1);
    assert.equal(await home.tokens.verify(await home.key.sign(CLAIMS)), 'ada');
  });

  it('takes up a key that is new', async () => {
    await using home = await opened();
    await home.tokens.verify(await home.key.sign(CLAIMS));
    const next = await testKey('two');
    home.server.body = JSON.stringify({ keys: [home.key.jwk, next.jwk] });
    assert.equal(await home.tokens.verify(await next.sign(CLAIMS)), 'ada');
  });

  it('says that it cannot tell, and not that the token is bad, when the keys cannot be had', async () => {
    await using home = await opened();
    const token = await home.key.sign(CLAIMS);
    await home.server[Symbol.asyncDispose]();
    await assert.rejects(home.tokens.verify(token), { code: 'unavailable' });
  });

  it('says the same when what it is given are no keys, and recovers', async () => {
    await using home = await opened();
    const token = await home.key.sign(CLAIMS);
    const keys = home.server.body;
    for (const body of ['<html>', '{}', '{"keys":[{}]}', 'x'.repeat(100_000)]) {
      home.server.body = body;
      await assert.rejects(home.tokens.verify(token), { code: 'unavailable' }, body.slice(0, 10));
    }
    home.server.body = keys;
    assert.equal(await home.tokens.verify(token), 'ada');
  });
});
