import { join } from 'node:path';

/** Where all tests find the embedding model's file, so that it is made once. */
export const MODEL_FOLDER = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'assistant-models');
