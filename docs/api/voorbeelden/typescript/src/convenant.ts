/** Het convenant, en het woord van uw eigen organisatie erover: daarop rust al het vertrouwen in sleutels. */
import { vanPartij } from "./certificaten.js";
import { Fout, eis } from "./fout.js";
import { dag, digest, isObj, streng, type Obj } from "./json.js";
import type { Sluis } from "./sluis.js";

interface Woord {
  tijd: number;
  akkoord: boolean;
}

/** haalConvenant geeft een convenant dat uw eigen organisatie ondertekende, zoals de sluis het gaf. */
export async function haalConvenant(sluis: Sluis, id: string, versie: number): Promise<Obj> {
  eis(/^[a-z0-9-]{1,64}$/.test(id) && Number.isInteger(versie) && versie > 0, "het convenant heeft geen geldige naam of versie");
  const pad = `/v1/convenanten/${id}/versies/${versie}`;
  const bytes = await sluis.bytes(pad);
  const convenant = streng(bytes);
  eis(isObj(convenant) && convenant.convenant === id && convenant.versie === versie, "de sluis geeft een ander convenant dan gevraagd");
  const { ondertekeningen } = await sluis.json(`${pad}/ondertekeningen`);
  eis(Array.isArray(ondertekeningen), "de sluis geeft geen ondertekeningen");
  // De digest gaat over precies de bytes die de sluis gaf: één teken anders, en geen ondertekening past nog.
  const verwacht = { convenant: id, versie, digest: digest(bytes) };
  const woorden: Woord[] = [];
  for (const jws of ondertekeningen) {
    const woord = await eigenWoord(sluis, String(jws), verwacht);
    if (woord) woorden.push(woord);
  }
  const laatst = woorden.at(-1);
  eis(laatst, "uw organisatie heeft dit convenant, zoals de sluis het geeft, niet ondertekend");
  // Het laatste woord moet akkoord zijn: het laatste naar de tijd die ondertekend is (bij gelijke tijd gaat het nee voor), en ook
  // het laatste dat binnenkwam. Een nee telt dus altijd, welke klok het ook schreef.
  const jongste = [...woorden].sort((a, b) => a.tijd - b.tijd || Number(b.akkoord) - Number(a.akkoord)).at(-1)!;
  eis(laatst.akkoord && jongste.akkoord, "uw organisatie heeft dit convenant afgewezen of ingetrokken");
  return convenant;
}

/** eigenWoord leest een ondertekening; undefined als hij van een ander is, over iets anders gaat of niet klopt. */
async function eigenWoord(sluis: Sluis, jws: string, verwacht: { convenant: string; versie: number; digest: string }): Promise<Woord | undefined> {
  try {
    const { inhoud: o, oin, kaartsleutel } = await vanPartij(sluis.profiel, jws, "ondertekening+jws");
    const past = Object.keys(o).sort().join() === "besluit,convenant,digest,tijd,versie" &&
      o.convenant === verwacht.convenant && o.versie === verwacht.versie && o.digest === verwacht.digest;
    if (!past || oin !== sluis.profiel.oin || !sluis.profiel.kaartsleutels.includes(kaartsleutel)) return undefined;
    if (!["akkoord", "afgewezen", "ingetrokken"].includes(String(o.besluit))) return undefined;
    dag(String(o.tijd));
    return { tijd: Date.parse(String(o.tijd)), akkoord: o.besluit === "akkoord" };
  } catch (fout) {
    if (fout instanceof Fout || fout instanceof SyntaxError || (fout as { code?: string }).code?.startsWith("ERR_OSSL")) return undefined;
    throw fout;
  }
}
