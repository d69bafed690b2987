import assert from 'node:assert/strict';
import { read } from '../../../../../workers/extract/readers/code.ts';
import { outlineOf, readingOf } from '../../../../support/reading.ts';

const outline = async (text: string): Promise<string[]> => outlineOf(await readingOf(read, text));
const names = async (text: string): Promise<string[]> =>
  (await outline(text)).map((line) => line.split(': ')[0] as string);

describe('source code', () => {
  it('has classes and their methods as sections, each with its comment', async () => {
    const python =
      'import os\n\n# Says hello.\n@final\nclass Greeter:\n    """Doc."""\n\n    def greet(self):\n        def inner(): pass\n\ndef main():\n    pass\n\nmain()\n';
    assert.deepEqual(await outline(python), [
      '1 Greeter: # Says hello.',
      '2 greet: def greet(self):',
      '3 inner: def inner(): pass',
      '1 main: def main():',
      '1 : main()',
    ]);
  });

  for (const [language, text, expected] of [
    [
      'TypeScript',
      'export const f = (a: string) => a;\nexport class A {\n  run(): void {\n    if (x) {\n    }\n  }\n}\n',
      ['1 f', '1 A', '2 run'],
    ],
    ['a suite of tests', "describe('a thing', () => {\n  it('works', () => {\n  });\n});\n", ['1 a thing', '2 works']],
    [
      'Java',
      'package a.b;\n\npublic class A\n{\n    @Test\n    public void runs()\n    {\n        call(x);\n    }\n}\n',
      ['1 A', '2 runs'],
    ],
    [
      'Rust',
      'mod color;\n\nimpl<T: Fn(A)> fmt::Display for Error<T> {\n    pub fn new(x: u8) -> Self {\n    }\n}\n',
      ['1 Error', '2 new'],
    ],
    [
      'Go',
      'type Server struct {\n\tport int\n}\n\nfunc (s *Server) Run() error {\n\treturn nil\n}\n',
      ['1 Server', '1 Run'],
    ],
    [
      'C',
      '#include <a.h>\n\nstatic int add(int a,\n               int b)\n{\n  return a + b;\n}\n\nint x = add(1, 2);\n',
      ['1 add', '1 '],
    ],
    [
      'C++',
      'namespace a {\nTEST(Suite, Case) {\n}\nbool Type::parse(const Type& t) {\n}\n}\n',
      ['1 a', '1 Suite.Case', '1 Type::parse'],
    ],
    [
      'Terraform',
      'resource "aws_s3_bucket" "documents" {\n  bucket = "x"\n}\ndata "aws_region" "here" {}\n',
      ['1 aws_s3_bucket.documents', '1 aws_region.here'],
    ],
    ['SQL', 'CREATE TABLE IF NOT EXISTS users (\n  id int\n);\n', ['1 users']],
    ['shell', 'set -e\nstart() {\n  run\n}\n', ['1 start']],
  ] as const) {
    it(`is recognised in ${language}`, async () => {
      assert.deepEqual(await names(text), expected);
    });
  }
});
