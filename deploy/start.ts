import { keepCompiled } from './compile-cache.ts';

keepCompiled();
const { launch } = await import('./launch.ts'); // from here on, what is imported is kept
await launch();
