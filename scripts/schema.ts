// `npm run schema`: writes provider/schema.json, which the native plugin serves and its SDKs are generated from, and the
// pages that Pulumi's registry shows.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./plugin/manifest";
import { registryPages } from "./plugin/registryPages";
import { SCHEMA_FILE, schemaText } from "./plugin/schema";

writeFileSync(SCHEMA_FILE, schemaText());
for (const [file, text] of Object.entries(registryPages())) writeFileSync(join(root, file), text);
