// Writes src/api/schema.d.ts from the API's own description, or (--check) compares the two.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = here("../src/api/schema.d.ts");
const python = process.env.PYTHON ?? "python";
const description = execFileSync(python, ["-m", "serve.api.openapi"], {
  cwd: here("../../.."),
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
});
const header = "// Made by `npm run types` from the API's OpenAPI description; don't edit.\n\n";
const types = header + astToString(await openapiTS(JSON.parse(description)));

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== types) {
    process.stderr.write("src/api/schema.d.ts is out of date: npm run types\n");
    process.exit(1);
  }
} else {
  writeFileSync(target, types);
}
