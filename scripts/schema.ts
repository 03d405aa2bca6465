// `npm run schema`: writes provider/schema.json, which the native plugin serves and its SDKs are generated from.
import { writeFileSync } from "node:fs";
import { SCHEMA_FILE, schemaText } from "./plugin/schema";

writeFileSync(SCHEMA_FILE, schemaText());
