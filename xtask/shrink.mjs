// Makes each WebAssembly file that it is given smaller, in its place: what `wasm-opt -Oz` does, in one process for many files. To
// start that program takes a second, and a site has hundreds of files that take milliseconds.
import { readFileSync, writeFileSync } from 'node:fs';

import binaryen from 'binaryen';

const { BulkMemory, BulkMemoryOpt, Multivalue, MutableGlobals, NontrappingFPToInt, ReferenceTypes, SignExt } = binaryen.Features;
// What Rust's compiler takes for granted in a browser.
const features =
  BulkMemory | BulkMemoryOpt | Multivalue | MutableGlobals | NontrappingFPToInt | ReferenceTypes | SignExt;

binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(2);

for (const path of process.argv.slice(2)) {
  const program = binaryen.readBinaryWithFeatures(readFileSync(path), features);
  program.optimize();
  writeFileSync(path, program.emitBinary());
  program.dispose();
}
