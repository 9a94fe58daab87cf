/** JSON: streng lezen, en de vorm van RFC 8785, waarover digests en de vergelijking van `kop` gaan. */
import { createHash } from "node:crypto";
import { eis } from "./fout.js";

export type Waarde = null | boolean | number | string | Waarde[] | Obj;
export type Obj = { [naam: string]: Waarde };

export function isObj(w: Waarde | undefined): w is Obj {
  return typeof w === "object" && w !== null && !Array.isArray(w);
}

/**
 * streng leest JSON en weigert dubbele sleutels. JSON.parse houdt stil de laatste, een ander programma misschien de eerste, en dan
 * lezen twee partijen iets anders. Buiten teksten staat er precies één dubbele punt per sleutel: staan er meer dan er sleutels
 * overbleven, dan was er een dubbel.
 */
export function streng(bytes: Uint8Array): Waarde {
  const tekst = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const waarde = JSON.parse(tekst) as Waarde;
  const punten = tekst.replace(/"(?:[^"\\]|\\.)*"/g, "").split(":").length - 1;
  eis(punten === aantalSleutels(waarde), "JSON met een dubbele sleutel");
  return waarde;
}

function aantalSleutels(w: Waarde): number {
  if (Array.isArray(w)) return w.reduce<number>((som, een) => som + aantalSleutels(een), 0);
  if (!isObj(w)) return 0;
  return Object.values(w).reduce<number>((som, een) => som + 1 + aantalSleutels(een), 0);
}

/**
 * canoniek geeft de vorm van RFC 8785. Die is op ECMAScript gebouwd: JSON.stringify schrijft getallen en teksten al goed, en sort()
 * sorteert op UTF-16. Alleen halve surrogaten moeten eruit.
 */
export function canoniek(w: Waarde): string {
  if (Array.isArray(w)) return `[${w.map(canoniek).join(",")}]`;
  if (isObj(w)) {
    return `{${Object.keys(w).sort().map((naam) => `${canoniek(naam)}:${canoniek(w[naam]!)}`).join(",")}}`;
  }
  if (typeof w === "number") eis(Number.isFinite(w), "JSON met een onmogelijk getal");
  if (typeof w === "string") eis(w.isWellFormed(), "JSON met een onvolledig teken");
  return JSON.stringify(w);
}

/** zonder geeft een object zonder een paar velden. */
export function zonder(o: Obj, ...namen: string[]): Obj {
  return Object.fromEntries(Object.entries(o).filter(([naam]) => !namen.includes(naam)));
}

export function sha256(...delen: Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const deel of delen) hash.update(deel);
  return hash.digest();
}

/** digest geeft de vorm van Sluis: sha-256=:base64: */
export function digest(bytes: Uint8Array): string {
  return `sha-256=:${sha256(bytes).toString("base64")}:`;
}

/** dag geeft de datum in Nederland van een tijdstip volgens RFC 3339: de geldigheid van kaarten telt in Nederlandse dagen. */
export function dag(tijd: string): string {
  eis(/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(tijd) && !Number.isNaN(Date.parse(tijd)), "een tijdstip heeft niet de juiste vorm");
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format(new Date(tijd));
}
