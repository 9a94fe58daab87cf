/** De inhoud van een bericht naast het schema van zijn soort: klopt hij, en welke gegevens staan erin? */
import { Ajv2020 } from "ajv/dist/2020.js";
import { isObj, type Obj, type Waarde } from "./json.js";
import type { Sluis } from "./sluis.js";

export interface Oordeel {
  fouten: string[];
  gegevens: string[];
}

/** oordeel vraagt het schema aan de sluis. Neem in productie de schema's mee in uw eigen software: dan kiest niemand anders ze. */
export async function oordeel(sluis: Sluis, soort: string, inhoud: Obj): Promise<Oordeel> {
  const schema = await sluis.json(`/v1/soorten/${encodeURIComponent(soort)}/schema`, { accept: "application/schema+json" });
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  ajv.addKeyword("x-gegevens");
  ajv.removeKeyword("contentEncoding"); // kent Ajv alleen van naam
  ajv.addKeyword({ keyword: "contentEncoding", type: "string", validate: (_: string, d: string) => Buffer.from(d, "base64").toString("base64") === d });
  ajv.addFormat("date", (d: string) => /^\d{4}-\d\d-\d\d$/.test(d) && !Number.isNaN(Date.parse(d)) && new Date(d).toISOString().startsWith(d));
  ajv.addFormat("date-time", (d: string) => /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(d) && !Number.isNaN(Date.parse(d)));
  ajv.addFormat("bsn", elfproef);
  const past = ajv.compile(schema);
  if (!past(inhoud)) return { fouten: (past.errors ?? []).map((f) => `inhoud${f.instancePath}: ${f.keyword}`), gegevens: [] }; // nooit de waarde
  const gegevens = new Set<string>();
  verzamel(schema, schema, inhoud, gegevens);
  return { fouten: [], gegevens: [...gegevens].sort() };
}

/** verzamel loopt inhoud en schema samen langs. De schema's van Sluis gebruiken alleen properties, items en $ref binnen het schema. */
function verzamel(wortel: Obj, schema: Waarde | undefined, waarde: Waarde, gegevens: Set<string>): void {
  if (!isObj(schema) || waarde === null) return;
  if (typeof schema.$ref === "string") return verzamel(wortel, (wortel.$defs as Obj)[schema.$ref.slice("#/$defs/".length)], waarde, gegevens);
  if (Array.isArray(waarde)) return waarde.forEach((een) => verzamel(wortel, schema.items, een, gegevens));
  if (isObj(waarde)) {
    for (const [naam, een] of Object.entries(waarde)) verzamel(wortel, (schema.properties as Obj)[naam], een, gegevens);
    // Van een bijlage zegt de afzender zelf welke gegevens erin staan ("opgegeven").
    if (schema.title === "Bijlage") for (const een of waarde.gegevens as string[]) gegevens.add(een);
    return;
  }
  const soort = schema["x-gegevens"];
  if (typeof soort === "string" && soort !== "geen" && soort !== "opgegeven") gegevens.add(soort);
}

function elfproef(bsn: string): boolean {
  const gewichten = [9, 8, 7, 6, 5, 4, 3, 2, -1];
  return /^\d{9}$/.test(bsn) && bsn !== "000000000" && gewichten.reduce((som, g, i) => som + g * Number(bsn[i]), 0) % 11 === 0;
}
