// Makes src/api/generated from ../schema/schema.graphql and the documents in src: `npm run codegen`.
// Documents are best kept in *.graphql files and imported from generated/graphql.ts by name; graphql(`…`) in
// code works too, but puts every document into the bundle. With --check it only says whether all is current.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { CodeFileLoader } from '@graphql-tools/code-file-loader';
import { loadDocuments } from '@graphql-tools/load';
import { buildSchema, parse } from 'graphql';

const client = join(dirname(fileURLToPath(import.meta.url)), '..');
const schemaFile = join(client, '../schema/schema.graphql');
const target = join(client, 'src/api/generated/');

/** How the wire's scalars look in TypeScript. What is not named here is a string. */
const SCALARS = { JSON: 'unknown', Decimal: 'string', BigInt: 'string' };

const checking = process.argv.includes('--check');
const wanted = await generate();
const stale = wanted.filter(({ path, content }) => !existsSync(path) || readFileSync(path, 'utf8') !== content);
const left = leftovers(wanted);

if (checking) {
  const names = [...stale.map(({ path }) => path), ...left].map((path) => relative(client, path));
  if (names.length > 0) {
    console.error(`Not current: ${names.join(', ')}. Run \`make schema\` and commit what it makes.`);
    process.exit(1);
  }
} else {
  mkdirSync(target, { recursive: true });
  for (const { path, content } of stale) writeFileSync(path, content);
  for (const path of left) rmSync(path);
}

async function generate() {
  const schemaText = readFileSync(schemaFile, 'utf8');
  const schemaAst = buildSchema(schemaText);
  const documents = [...graphqlFiles(), ...(await codeDocuments())];
  if (documents.length === 0) return [];

  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: target,
    schema: parse(schemaText),
    schemaAst,
    documents,
    plugins: [],
    pluginMap: {},
    config: {
      documentMode: 'string',
      useTypeImports: true,
      enumType: 'string-literal',
      scalars: SCALARS,
      defaultScalarType: 'string',
      skipTypename: true,
    },
    presetConfig: {
      fragmentMasking: false,
      persistedDocuments: { mode: 'embedHashInDocument', hashPropertyName: 'hash', hashAlgorithm: 'sha256' },
    },
  });
  // Together: the list of trusted documents waits for the file that names them.
  return Promise.all(outputs.map(async (output) => {
    const content = await codegen({ ...output, schemaAst, pluginContext: {} });
    return { path: output.filename, content: shakeable(content) };
  }));
}

/** Lets the bundler drop the documents that a screen does not use. */
function shakeable(content) {
  const marked = content.replaceAll('= new TypedDocumentString(', '= /*#__PURE__*/ new TypedDocumentString(');
  return marked.endsWith('\n') ? marked : `${marked}\n`;
}

function graphqlFiles() {
  return files(join(client, 'src')).filter((path) => path.endsWith('.graphql')).map((path) => {
    const rawSDL = readFileSync(path, 'utf8');
    return { location: path, rawSDL, document: parse(rawSDL) };
  });
}

async function codeDocuments() {
  const found = await loadDocuments(['src/**/*.{ts,tsx}', '!src/api/generated/**', '!src/**/*.test.{ts,tsx}'], {
    cwd: client,
    loaders: [new CodeFileLoader({ pluckConfig: { skipIndent: true } })],
    noRequire: true,
  }).catch((error) => {
    if (String(error.message).includes('Unable to find any GraphQL type definitions')) return [];
    throw error;
  });
  return found.sort((a, b) => a.location.localeCompare(b.location));
}

function leftovers(outputs) {
  const names = new Set(outputs.map(({ path }) => basename(path)));
  return existsSync(target) ? files(target).filter((path) => !names.has(basename(path))) : [];
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
