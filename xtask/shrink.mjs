// Makes each WebAssembly file that it is given smaller, in its place. What counts is what goes over the wire: the passes of
// `wasm-opt -Oz` that write functions anew make a program smaller that compresses worse (docs/decisions/xtask.md).
import { readFileSync, writeFileSync } from 'node:fs';

import binaryen from 'binaryen';

const { BulkMemory, BulkMemoryOpt, Multivalue, MutableGlobals, NontrappingFPToInt, ReferenceTypes, SignExt } = binaryen.Features;
// What Rust's compiler takes for granted in a browser.
const features =
  BulkMemory | BulkMemoryOpt | Multivalue | MutableGlobals | NontrappingFPToInt | ReferenceTypes | SignExt;

const passes = [
  'duplicate-function-elimination',
  'remove-unused-module-elements',
  'memory-packing',
  'vacuum',
  'remove-unused-brs',
  'optimize-instructions',
  'vacuum',
];

binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(2);

for (const path of process.argv.slice(2)) {
  const program = binaryen.readBinary(readFileSync(path));
  program.setFeatures(features);
  program.runPasses(passes);
  // Without debug information: it is off unless it is asked for.
  writeFileSync(path, program.emitBinary());
  program.dispose();
}
