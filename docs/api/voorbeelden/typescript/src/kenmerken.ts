/** Zoekkenmerken van personen (`betrokkenen`), onder de zoeksleutel van uw eigen partij. */
import { createHmac } from "node:crypto";
import { isObj, type Waarde } from "./json.js";

/** kenmerken geeft die van iedereen in een inhoud: elk object met een bsn, of met naam en geboortedatum. */
export function kenmerken(zoeksleutel: Buffer, bericht: string, inhoud: Waarde): string[] {
  const gevonden = new Set<string>();
  const maak = (...delen: string[]): void => {
    gevonden.add(createHmac("sha256", zoeksleutel).update([bericht, ...delen].join("\0")).digest("base64url"));
  };
  const loop = (w: Waarde): void => {
    if (Array.isArray(w)) return w.forEach(loop);
    if (!isObj(w)) return;
    if (typeof w.bsn === "string") maak("bsn", w.bsn);
    if (typeof w.naam === "string" && typeof w.geboortedatum === "string") maak("naam", kaal(w.naam), w.geboortedatum);
    Object.values(w).forEach(loop);
  };
  loop(inhoud);
  return [...gevonden];
}

/** kaal brengt een naam terug tot a–z, hoe hij ook getypt is. */
function kaal(naam: string): string {
  return naam.normalize("NFKD").toLowerCase().replace(/[^a-z]/g, "");
}
