import { openMiniLm } from '../../common/adapters/embedded/minilm/minilm.ts';
import { embedderContract } from './embedder.contract.ts';
import { MODEL_FOLDER } from './embedder.folder.ts';

embedderContract('MiniLM', () => openMiniLm({ folder: MODEL_FOLDER, threads: 2 }));
