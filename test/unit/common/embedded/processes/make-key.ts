import { signingKey } from '../../../../../common/adapters/embedded/signing-key.ts';

/** Asks for the signing key when it is told to, and tells it. */
process.send?.('ready');
process.once('message', () => {
  process.send?.(Buffer.from(signingKey(process.argv[2] ?? '')).toString('hex'));
  process.disconnect();
});
