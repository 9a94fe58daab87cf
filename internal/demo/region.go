package demo

import (
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// organisation is one party of the region. Its OIN has the test prefix 00000099 and is the one in the example convenant.
type organisation struct {
	folder string
	oin    party.OIN
	name   string
	role   vocabulary.Role
	school vocabulary.SchoolType // "" for what is no school
	people []person
}

// person is a participant; the first of a party also signs the party's cards as its partijbeheerder.
type person struct {
	id        string
	name      string
	functions []vocabulary.Function
}

// profile is the name of a person's folder.
func (o organisation) profile(p person) string { return o.folder + "-" + p.id }

// region is everybody: the partners around 's-Hertogenbosch, and those of a second city with a convenant of its own. A real party
// would have its administrator apart; here the names keep to one page. A privacyfunctionaris stands where a crisis is reviewed.
var region = []organisation{
	{folder: "gemeente", oin: "00000099000000010000", name: "Gemeente 's-Hertogenbosch (voorbeeld)", role: "gemeente", people: []person{
		{"regie", "Marijke de Wit", []vocabulary.Function{"convenantbeheerder", "partijbeheerder"}},
		{"jeugd", "Wim Verhoeven", []vocabulary.Function{"toegang-jeugd"}},
	}},
	{folder: "politie", oin: "00000099000000020000", name: "Politie Oost-Brabant (voorbeeld)", role: "politie", people: []person{
		{"wijkagent", "Hans Vermeer", []vocabulary.Function{"wijkagent"}},
		{"schoolagent", "Samira Aydin", []vocabulary.Function{"schoolcontactpersoon"}},
		{"jeugd", "Ruud Claassen", []vocabulary.Function{"jeugdcoordinator"}},
		{"privacy", "Ellen Brouwer", []vocabulary.Function{"privacyfunctionaris"}},
	}},
	{folder: "stadscollege", oin: "00000099000000030000", name: "Het Stadscollege (voorbeeld)", role: "school", school: "vo", people: []person{
		{"veiligheid", "Joke Peters", []vocabulary.Function{"veiligheidscoordinator"}},
		{"zorg", "Bart Smeets", []vocabulary.Function{"zorgcoordinator"}},
		{"verzuim", "Nadia Ouali", []vocabulary.Function{"verzuimcoordinator"}},
	}},
	{folder: "debrug", oin: "00000099000000040000", name: "ROC De Brug (voorbeeld)", role: "school", school: "mbo", people: []person{
		{"veiligheid", "Anouk Willems", []vocabulary.Function{"veiligheidscoordinator"}},
		{"zorg", "Femke Jansen", []vocabulary.Function{"zorgcoordinator"}},
		{"privacy", "Theo Linders", []vocabulary.Function{"privacyfunctionaris"}},
	}},
	{folder: "veiligthuis", oin: "00000099000000050000", name: "Veilig Thuis Brabant (voorbeeld)", role: "veilig-thuis", people: []person{
		{"medewerker", "Lotte Maas", []vocabulary.Function{"medewerker-veilig-thuis"}},
	}},
	{folder: "rvdk", oin: "00000099000000060000", name: "Raad voor de Kinderbescherming (voorbeeld)", role: "rvdk", people: []person{
		{"adviesteam", "Peter Jonkers", []vocabulary.Function{"adviesteam"}},
		{"onderzoek", "Saskia Mol", []vocabulary.Function{"raadsonderzoeker"}},
		{"regie", "Johan Kok", []vocabulary.Function{"casusregisseur"}},
	}},
	{folder: "leerplicht", oin: "00000099000000070000", name: "Leerplicht (voorbeeld)", role: "leerplicht", people: []person{
		{"ambtenaar", "Fatma Yilmaz", []vocabulary.Function{"leerplichtambtenaar"}},
	}},
	{folder: "halt", oin: "00000099000000080000", name: "Halt Oost-Brabant (voorbeeld)", role: "halt", people: []person{
		{"medewerker", "Daan Kuipers", []vocabulary.Function{"medewerker"}},
	}},
	{folder: "jeugdbescherming", oin: "00000099000000090000", name: "Jeugdbescherming Brabant (voorbeeld)", role: "gi", people: []person{
		{"casusregie", "Ilse van Dam", []vocabulary.Function{"casusregisseur"}},
		{"reclassering", "Rachid el Amrani", []vocabulary.Function{"medewerker"}},
	}},
	{folder: "jongerenwerk", oin: "00000099000000100000", name: "Jongerenwerk De Buurt (voorbeeld)", role: "jongerenwerk", people: []person{
		{"werker", "Milan Bos", []vocabulary.Function{"medewerker"}},
	}},
	{folder: "veiligheidshuis", oin: "00000099000000110000", name: "Veiligheidshuis Brabant Noordoost (voorbeeld)", role: "veiligheidshuis", people: []person{
		{"procesregie", "Wendy Schouten", []vocabulary.Function{"casusregisseur"}},
	}},
	{folder: "ggd", oin: "00000099000000120000", name: "GGD Hart voor Brabant (voorbeeld)", role: "ggd", people: []person{
		{"jeugdarts", "Mirjam Evers", []vocabulary.Function{"medewerker"}},
	}},
	{folder: "gemeente-rotterdam", oin: "00000099000000210000", name: "Gemeente Rotterdam (voorbeeld)", role: "gemeente", people: []person{
		{"regie", "Astrid Blok", []vocabulary.Function{"convenantbeheerder", "partijbeheerder"}},
		{"expert", "Karim Haddad", []vocabulary.Function{"expert-wijkveiligheid"}},
	}},
	{folder: "politie-rotterdam", oin: "00000099000000220000", name: "Politie eenheid Rotterdam (voorbeeld)", role: "politie", people: []person{
		{"wijkagent", "Sjoerd Bakker", []vocabulary.Function{"wijkagent"}},
	}},
	{folder: "maascollege", oin: "00000099000000230000", name: "Maascollege (voorbeeld)", role: "school", school: "vo", people: []person{
		{"veiligheid", "Ruth Tavares", []vocabulary.Function{"veiligheidscoordinator"}},
	}},
	{folder: "havenvakschool", oin: "00000099000000240000", name: "Havenvakschool (voorbeeld)", role: "school", school: "mbo", people: []person{
		{"veiligheid", "Dirk de Groot", []vocabulary.Function{"veiligheidscoordinator"}},
	}},
	{folder: "jongerenwerk-rotterdam", oin: "00000099000000250000", name: "Jongerenwerk Zuid (voorbeeld)", role: "jongerenwerk", people: []person{
		{"werker", "Chantal Lopes", []vocabulary.Function{"medewerker"}},
	}},
}

// find gives an organisation of the region by its folder.
func find(folder string) organisation {
	for _, o := range region {
		if o.folder == folder {
			return o
		}
	}
	panic("demo: no organisation in folder " + folder) // a slip in this package, found by its test
}

// withOIN gives the organisation of the region with that OIN.
func withOIN(oin party.OIN) (organisation, bool) {
	for _, o := range region {
		if o.oin == oin {
			return o, true
		}
	}
	return organisation{}, false
}

// lead gives who of an organisation looks after its convenants, and its cards in this region.
func (o organisation) lead() person { return o.people[0] }
