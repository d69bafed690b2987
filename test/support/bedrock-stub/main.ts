import { startBedrockStub } from './stub.ts';

// node test/support/bedrock-stub/main.ts [settings as JSON] [port]: prints its address, ends at SIGTERM or SIGINT.
const [settings = '{}', port = '0'] = process.argv.slice(2);
const stub = await startBedrockStub(JSON.parse(settings), Number(port));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stub[Symbol.asyncDispose]());
console.log(stub.url);
