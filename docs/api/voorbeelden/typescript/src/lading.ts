/** De lading: opvullen, versleutelen, en nakijken of een age-bestand alleen voor de genoemde personen is. */
import { Decrypter, Encrypter } from "age-encryption";
import { Onleesbaar, eis } from "./fout.js";
import { canoniek, isObj, streng, zonder, type Obj, type Waarde } from "./json.js";

/** opgevuld geeft hoe lang een tekst van n bytes wordt: 4096, en daarboven Padmé. Aan de lengte is dan weinig te zien. */
export function opgevuld(n: number): number {
  if (n <= 4096) return 4096;
  const e = Math.floor(Math.log2(n));
  const s = Math.floor(Math.log2(e)) + 1;
  const stap = 2 ** (e - s);
  return Math.ceil(n / stap) * stap;
}

/** verzegel maakt de lading: kop eerst, dan de inhoud, opgevuld, en versleuteld voor precies deze sleutels. */
export async function verzegel(kop: Obj, inhoud: Obj, leessleutels: string[]): Promise<Uint8Array> {
  const tekst = Buffer.from(`{"kop":${canoniek(kop)},${JSON.stringify(inhoud).slice(1)}`);
  const lading = Buffer.alloc(opgevuld(tekst.length), " ");
  tekst.copy(lading);
  const slot = new Encrypter();
  for (const sleutel of leessleutels) slot.addRecipient(sleutel);
  return slot.encrypt(lading);
}

/**
 * alleenVoor kijkt of een age-bestand precies één slot heeft voor elke genoemde persoon, en alleen post-quantum. Een slot meer is
 * iemand die meeleest.
 */
export function alleenVoor(bestand: Buffer, aantal: number): boolean {
  const regels = bestand.subarray(0, 65536).toString("latin1").split("\n");
  const einde = regels.findIndex((r) => r.startsWith("---"));
  const sloten = regels.slice(0, einde).filter((r) => r.startsWith("-> "));
  return einde > 0 && regels[0] === "age-encryption.org/v1" && sloten.length === aantal && sloten.every((r) => r.startsWith("-> mlkem768x25519 "));
}

/**
 * open ontsleutelt een lading en geeft de inhoud zonder kop. De kop moet die van de envelop zijn: anders hing iemand de lading van een
 * ander onder een eigen envelop.
 */
export async function open(bestand: Uint8Array, leessleutels: string[], envelop: Obj): Promise<Obj> {
  const sleutel = new Decrypter();
  for (const een of leessleutels) sleutel.addIdentity(een);
  const lading = Buffer.from(await sleutel.decrypt(bestand).catch(() => {
    throw new Onleesbaar("het bericht is niet voor uw leessleutel verzegeld, of beschadigd");
  }));
  let lengte = lading.length;
  while (lengte > 0 && lading[lengte - 1] === 0x20) lengte--;
  let object: Waarde;
  try {
    object = streng(lading.subarray(0, lengte));
  } catch {
    throw new Onleesbaar("de lading is geen geldige JSON");
  }
  if (lading[0] !== 0x7b || lading[lengte - 1] !== 0x7d || lading.length !== opgevuld(lengte) || !isObj(object) || Object.keys(object)[0] !== "kop") {
    throw new Onleesbaar("de lading heeft niet de afgesproken vorm");
  }
  eis(isObj(object.kop) && canoniek(object.kop) === canoniek(zonder(envelop, "lading", "motivering")),
    "de lading hoort bij een ander bericht dan de envelop");
  return zonder(object, "kop");
}
