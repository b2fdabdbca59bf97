// goldens.mjs FOLDER OUT TOCSIN: what `tocsin check` says of each golden in FOLDER, as
// OUT/NAME.sarif, OUT/NAME.junit and OUT/NAME.json. A golden's own command is run, with a `tocsin`
// that does this.
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const [folder, out, program] = process.argv.slice(2).map((name) => path.resolve(name));
const command = fs.readFileSync(path.join(folder, 'command'), 'utf8').trim();

// The files of a golden and its command; tests/golden/runner_file.h has the form.
function read(name) {
  // Bytes as they are: some goldens are about text that is no UTF-8.
  const lines = fs.readFileSync(path.join(folder, name), 'latin1').split('\n');
  const end = lines.findIndex((line) => line.startsWith('#===='));
  const parts = [{name, lines: []}];
  let own;
  for (const line of lines.slice(0, end < 0 ? lines.length - 1 : end)) {
    if (line.startsWith('#--- ')) parts.push({name: line.slice(5), lines: []});
    else parts.at(-1).lines.push(line);
    if (line.startsWith('#! run: ')) own = line.slice(8);
  }
  if (parts.length > 1 && parts[0].lines.every((line) => line.startsWith('#!'))) parts.shift();
  return {parts, command: (own ?? command).replaceAll('{file}', name)};
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'tocsin-goldens-'));
try {
  const programs = path.join(scratch, 'bin');
  fs.mkdirSync(programs);
  fs.writeFileSync(path.join(programs, 'tocsin'), `#!/bin/sh
[ "$1" = check ] || exec "${program}" "$@"
shift
for format in sarif junit json; do
  "${program}" check --format $format "$@" >"$OUT.$format"
  status=$?
  [ $status -le 1 ] || exit $status
done
exit $status
`, {mode: 0o755});
  let count = 0;
  for (const name of fs.readdirSync(folder).filter((file) => file.endsWith('.tocsin'))) {
    const golden = read(name);
    // One that is about a format or fixes is no policy to see all formats of.
    if (!/\btocsin check\b/.test(golden.command) || golden.command.includes('--')) continue;
    const home = path.join(scratch, name);
    fs.mkdirSync(home);
    for (const part of golden.parts) {
      const file = path.join(home, part.name);
      fs.mkdirSync(path.dirname(file), {recursive: true});
      fs.writeFileSync(file, part.lines.map((line) => line + '\n').join(''), 'latin1');
    }
    const OUT = path.join(out, path.basename(name, '.tocsin'));
    const env = {...process.env, OUT, PATH: `${programs}:${process.env.PATH}`, LC_ALL: 'C.UTF-8'};
    const run = spawnSync('sh', ['-c', golden.command], {cwd: home, env, encoding: 'utf8'});
    if (run.status > 1 || !fs.existsSync(`${OUT}.json`))
      throw new Error(`${name}: \`${golden.command}\` ends with ${run.status}: ${run.stderr}`);
    fs.rmSync(home, {recursive: true});
    ++count;
  }
  if (count === 0) throw new Error(`there are no goldens in ${folder}`);
} finally {
  fs.rmSync(scratch, {recursive: true});
}
