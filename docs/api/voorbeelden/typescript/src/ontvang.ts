/** Een bericht controleren, openen en bevestigen. */
import { bewezen, gaatOver } from "./bewijs.js";
import { haalConvenant } from "./convenant.js";
import { Onleesbaar, eis } from "./fout.js";
import { oordeel } from "./inhoud.js";
import { canoniek, dag, digest, isObj, type Obj } from "./json.js";
import { beweerd, inhoud as ondertekend, kop, teken } from "./jws.js";
import { geldtOp, kaartenVan } from "./kaarten.js";
import { kenmerken } from "./kenmerken.js";
import { alleenVoor, open } from "./lading.js";
import { bewaar } from "./profiel.js";
import type { Sluis } from "./sluis.js";

/** Vijf minuten: zoveel mogen klokken verschillen. */
const speling = 5 * 60_000;

/** Een etmaal: zoveel ouder dan de regel in het auditspoor mag een envelop zijn, omdat een collega van de afzender meetekende. */
const meetekenen = 24 * 3_600_000;

/** echteEnvelop geeft de envelop van een bericht als alles eraan klopt: kaart, handtekening, en de plek in het auditspoor. */
async function echteEnvelop(sluis: Sluis, id: string): Promise<{ envelop: Obj; vingerafdruk: string }> {
  const bericht = await sluis.json(`/v1/berichten/${id}`);
  const jws = String(bericht.envelop);
  // Wat in de envelop staat, telt pas als de handtekening klopt; tot dan wijst het alleen de weg naar de sleutel.
  const { kid } = kop(jws, "envelop+jws", "kid");
  const { id: genoemd, tijd, convenant, afzender } = beweerd(jws);
  eis(genoemd === id && isObj(convenant) && isObj(afzender) && typeof tijd === "string", "de sluis geeft een ander bericht dan gevraagd");
  const afspraak = await haalConvenant(sluis, String(convenant.id), Number(convenant.versie));
  const kaarten = await kaartenVan(sluis, afspraak, String(afzender.partij), dag(tijd));
  const kaart = kaarten.find((k) => k.id === afzender.deelnemer && k.functies.includes(String(afzender.functie)) && geldtOp(k.geldig, dag(tijd)));
  eis(kaart && kaart.kid === kid, "de envelop is niet van de genoemde afzender");
  const envelop = await ondertekend(jws, kaart.sleutel);
  // In het spoor, niet veel later dan de envelop en toen de kaart nog gold: niemand heeft het later met een oude sleutel gemaakt.
  const regel = await bewezen(sluis, bericht.ontvangst);
  eis(isObj(envelop.lading) && gaatOver(regel, envelop, jws, String(envelop.lading.digest)), "het ontvangstbewijs gaat over iets anders");
  const later = Date.parse(String(regel.tijd)) - Date.parse(tijd);
  eis(later >= -speling && later <= meetekenen + speling && geldtOp(kaart.geldig, dag(String(regel.tijd))), "de tijd van de envelop past niet bij het auditspoor");
  eis(Array.isArray(envelop.ontvangers) && envelop.ontvangers.some((o) => isObj(o) && o.partij === sluis.profiel.oin),
    "dit bericht is niet aan uw organisatie gericht");
  return { envelop, vingerafdruk: digest(Buffer.from(jws.split(".")[1]!, "base64url")) };
}

async function bevestig(sluis: Sluis, bericht: string, envelop: string, soort: "ontvangen" | "onleesbaar", gevonden: Obj): Promise<void> {
  const tijd = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const jws = await teken(sluis.profiel, "bevestiging+jws",
    canoniek({ bericht, envelop, soort, conform: true, nietAangegeven: [], betrokkenen: [], advies: null, tijd, ...gevonden }));
  const antwoord = await sluis.json(`/v1/berichten/${bericht}/bevestigingen`, { type: "application/jose", lichaam: Buffer.from(jws) });
  const regel = await bewezen(sluis, antwoord.ontvangst);
  eis(regel.soort === soort && regel.bericht === bericht && regel.jws === jws, "het bewijs van uw bevestiging gaat over iets anders; waarschuw de privacyfunctionaris");
}

/** ontvang opent één bericht. Een Fout betekent: er is niets bevestigd. Een Onleesbaar: de afzender is gevraagd het opnieuw te sturen. */
export async function ontvang(sluis: Sluis, id: string, uit: string): Promise<void> {
  const { envelop, vingerafdruk } = await echteEnvelop(sluis, id);
  const verwacht = envelop.lading as Obj;
  const bestand = await sluis.bytes(`/v1/berichten/${id}/lading`, { accept: "application/octet-stream" });
  eis(bestand.length === verwacht.lengte && digest(bestand) === verwacht.digest, "de sluis geeft een andere lading dan de afzender ondertekende");
  const personen = (envelop.ontvangers as Obj[]).flatMap((o) => o.deelnemers as Obj[]).length;
  eis(alleenVoor(bestand, personen), "de lading is niet alleen voor de genoemde ontvangers verzegeld");
  try {
    const inhoud = await open(bestand, sluis.profiel.leessleutels, envelop);
    const { fouten, gegevens } = await oordeel(sluis, String(envelop.soort), inhoud);
    if (fouten.length > 0) throw new Onleesbaar("de lading is niet ingevuld zoals bij deze soort bericht hoort");
    // Eerst bewaren, dan bevestigen: na de bevestiging van alle ontvangers wist de sluis de lading.
    bewaar(uit, JSON.stringify(inhoud) + "\n");
    const nietAangegeven = gegevens.filter((g) => !(envelop.gegevens as string[]).includes(g));
    await bevestig(sluis, id, vingerafdruk, "ontvangen",
      { conform: nietAangegeven.length === 0, nietAangegeven, betrokkenen: kenmerken(sluis.profiel.zoeksleutel, id, inhoud) });
  } catch (fout) {
    if (fout instanceof Onleesbaar) await bevestig(sluis, id, vingerafdruk, "onleesbaar", {});
    throw fout;
  }
}
