import { BedrockRuntimeClient, type BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import { clientSettings } from '../clients.ts';

/** A model may think for so long before its answer begins. */
const ANSWER_MS = 60_000;

/**
 * A client that tries once: a throttle slows the whole packer down, and not one call alone. One for embedding and
 * another for answers, for an abort signal with a call makes a client forget what it has prepared.
 */
export const bedrockClient = (settings: BedrockRuntimeClientConfig = {}): BedrockRuntimeClient =>
  new BedrockRuntimeClient({ ...clientSettings(ANSWER_MS), maxAttempts: 1, ...settings });
