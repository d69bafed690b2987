// Removes ONNX Runtime's libraries for other systems than this one: 245 MB that an image need not carry.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'node_modules', 'onnxruntime-node', 'bin');

const keepOnly = (name, path) => {
  if (!existsSync(join(path, name))) throw new Error(`ONNX Runtime has nothing for ${name} in ${path}.`);
  for (const other of readdirSync(path)) if (other !== name) rmSync(join(path, other), { recursive: true });
};

for (const version of readdirSync(folder)) {
  keepOnly(process.platform, join(folder, version));
  keepOnly(process.arch, join(folder, version, process.platform));
}
