import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Module {
  readonly name: string;
  readonly plugin: string;
  /** Which of the libraries are its own: it loads them apart. */
  readonly jars: RegExp;
  readonly extends?: string;
}

const PACKAGE = 'org.opensearch';
const MODULES: readonly Module[] = [
  {
    name: 'transport-netty4',
    plugin: 'transport.Netty4ModulePlugin',
    jars: /^(netty-|opensearch-netty4|transport-netty4)/,
  },
  {
    name: 'transport-grpc',
    plugin: 'transport.grpc.GrpcPlugin',
    jars: /^(grpc-|transport-grpc|protobufs|perfmark|guava|failureaccess)/,
  },
  {
    name: 'lang-painless',
    plugin: 'painless.PainlessModulePlugin',
    jars: /^(lang-painless|opensearch-scripting|asm|antlr4)/,
  },
  {
    name: 'analysis-common',
    plugin: 'analysis.common.CommonAnalysisModulePlugin',
    jars: /^analysis-common/,
    extends: 'lang-painless',
  },
  { name: 'mapper-extras', plugin: 'index.mapper.MapperExtrasModulePlugin', jars: /^mapper-extras/ },
  {
    name: 'reindex',
    plugin: 'index.reindex.ReindexModulePlugin',
    jars: /^(reindex|opensearch-rest|opensearch-ssl|http|slf4j|commons-)/,
  },
];

/** Makes the layout of OpenSearch's own archive out of libraries from Maven: its parts are modules with a description. */
export const layOut = async (folder: string, version: string): Promise<void> => {
  for (const module of MODULES) {
    const own = join(folder, 'modules', module.name);
    await mkdir(own, { recursive: true });
    for (const jar of (await readdir(join(folder, 'lib'))).filter((name) => module.jars.test(name))) {
      await rename(join(folder, 'lib', jar), join(own, jar));
    }
    await writeFile(join(own, 'plugin-descriptor.properties'), descriptor(module, version));
  }
  for (const name of ['bin', 'config', 'extensions']) await mkdir(join(folder, name)); // it wants them to be there
};

const descriptor = (module: Module, version: string): string =>
  [
    `name=${module.name}`,
    `description=${module.name}`,
    `version=${version}`,
    `classname=${PACKAGE}.${module.plugin}`,
    `opensearch.version=${version}`,
    'java.version=21',
    `extended.plugins=${module.extends ?? ''}`,
    'has.native.controller=false',
    '',
  ].join('\n');
