/** Een bericht maken, versturen, en het ontvangstbewijs controleren. */
import { randomBytes } from "node:crypto";
import { bewezen, gaatOver } from "./bewijs.js";
import { haalConvenant } from "./convenant.js";
import { Fout, eis } from "./fout.js";
import { oordeel } from "./inhoud.js";
import { canoniek, dag, digest, type Obj } from "./json.js";
import { teken } from "./jws.js";
import { geldtOp, kaartenVan } from "./kaarten.js";
import { kenmerken } from "./kenmerken.js";
import { verzegel } from "./lading.js";
import type { Sluis } from "./sluis.js";

/** Een voorbeeld staat in ../opdracht.json. */
export interface Opdracht {
  soort: string;
  convenant: { id: string; versie: number };
  doel: string;
  grondslag: string;
  naar: { partij: string; functie: string; deelnemers: string[] };
  gegevens: string[];
  fase?: number;
  verklaringen?: Obj;
  zaak?: string;
  antwoordOp?: string;
  inhoud: Obj;
}

/** uuid7 geeft een UUIDv7: 48 bits tijd, de rest toeval. */
function uuid7(): string {
  const b = randomBytes(16);
  b.writeUIntBE(Date.now(), 0, 6);
  b[6] = 0x70 | (b[6]! & 0x0f);
  b[8] = 0x80 | (b[8]! & 0x3f);
  return b.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export async function verstuur(sluis: Sluis, o: Opdracht): Promise<string> {
  const p = sluis.profiel;
  // 1. De inhoud klopt met het schema van zijn soort, en bevat niets dat niet is aangegeven.
  const gevonden = await oordeel(sluis, o.soort, o.inhoud);
  eis(gevonden.fouten.length === 0, ["de inhoud klopt niet", ...gevonden.fouten].join("\n"));
  eis(!("kop" in o.inhoud) && gevonden.gegevens.every((g) => o.gegevens.includes(g)), "de inhoud bevat gegevens die in 'gegevens' niet zijn aangegeven");

  // 2. De sleutels van de ontvangers, van kaarten die gecontroleerd zijn: iedereen staat vandaag in die functie op de kaart.
  const tijd = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const convenant = await haalConvenant(sluis, o.convenant.id, o.convenant.versie);
  const kaarten = await kaartenVan(sluis, convenant, o.naar.partij, dag(tijd));
  const wie = o.naar.deelnemers.map((id) => {
    const kaart = kaarten.find((k) => k.id === id && k.functies.includes(o.naar.functie) && geldtOp(k.geldig, dag(tijd)));
    eis(kaart, "iemand van de ontvangers staat vandaag niet in deze functie op de kaart");
    const sleutel = kaart.age.find((s) => s.startsWith("age1pq1"));
    eis(sleutel, "iemand van de ontvangers heeft geen post-quantumsleutel op de kaart");
    return { id, kaart: kaart.versie, sleutel };
  });

  // 3. De envelop zonder lading is de kop van de lading.
  const id = uuid7();
  const kop: Obj = {
    id, soort: o.soort, tijd, zaak: o.zaak ?? uuid7(), antwoordOp: o.antwoordOp ?? null, convenant: o.convenant, doel: o.doel, grondslag: o.grondslag,
    afzender: { partij: p.oin, deelnemer: p.deelnemer, functie: p.functie },
    ontvangers: [{ partij: o.naar.partij, functie: o.naar.functie, deelnemers: wie.map(({ id, kaart }) => ({ id, kaart })) }],
    betrokkenen: kenmerken(p.zoeksleutel, id, o.inhoud), gegevens: o.gegevens, fase: o.fase ?? null, urgentie: "regulier",
    verklaringen: o.verklaringen ?? {}, wpgBesluit: null, aantalVragen: Array.isArray(o.inhoud.vragen) ? o.inhoud.vragen.length : null,
    thema: null, leeftijdsgroep: null,
  };

  // 4. Lading versleutelen, 5. de envelop noemt haar en wordt ondertekend.
  const lading = await verzegel(kop, o.inhoud, wie.map((w) => w.sleutel));
  const envelop = await teken(p, "envelop+jws", canoniek({ ...kop, lading: { digest: digest(lading), lengte: lading.length }, motivering: null }));

  // 6. Versturen, en het bewijs controleren: zonder geldig bewijs is er geen bericht waar u op kunt rekenen.
  const grens = `sluis-${randomBytes(16).toString("hex")}`;
  const deel = (naam: string, type: string): string => `--${grens}\r\nContent-Disposition: form-data; name="${naam}"\r\nContent-Type: ${type}\r\n\r\n`;
  const lichaam = Buffer.concat([Buffer.from(`${deel("envelop", "application/jose")}${envelop}\r\n${deel("lading", "application/octet-stream")}`),
    lading, Buffer.from(`\r\n--${grens}--\r\n`)]);
  const antwoord = await sluis.json("/v1/berichten", { type: `multipart/form-data; boundary=${grens}`, lichaam });
  const regel = await bewezen(sluis, antwoord.ontvangst).catch((fout: unknown) => {
    throw new Fout(`bericht ${id} is overgedragen, maar: ${fout instanceof Fout ? fout.message : "het bewijs is niet te lezen"}`);
  });
  eis(antwoord.id === id && gaatOver(regel, kop, envelop, digest(lading)),
    `bericht ${id} is overgedragen, maar het ontvangstbewijs gaat over iets anders; waarschuw de privacyfunctionaris`);
  return id;
}
