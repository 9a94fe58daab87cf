package gatewaytest

import (
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// organisation is a party as the example convenant has it.
type organisation struct {
	short  string
	oin    party.OIN
	role   vocabulary.Role
	school vocabulary.SchoolType
	people []somebody
}

// somebody is a participant, named <party>/<id> in tests.
type somebody struct {
	id        string
	functions []vocabulary.Function
}

// organisations are the ten parties. The names in tests are short; on the cards they say what they are.
var organisations = []organisation{
	{"gemeente", "00000099000000010000", "gemeente", "", []somebody{{"cb-1", is("convenantbeheerder")}, {"ew-1", is("expert-wijkveiligheid")}}},
	{"politie", "00000099000000020000", "politie", "", []somebody{
		{"wa-7", is("wijkagent")}, {"sc-1", is("schoolcontactpersoon")}, {"pf-2", is("privacyfunctionaris")}, {"as-1", is("aansluiting")}}},
	{"school", "00000099000000030000", "school", "vo", []somebody{
		{"vc-1", is("veiligheidscoordinator")}, {"zc-1", is("zorgcoordinator")}, {"pf-1", is("privacyfunctionaris")}}},
	{"mbo", "00000099000000040000", "school", "mbo", []somebody{{"vc-2", is("veiligheidscoordinator")}}},
	{"veilig-thuis", "00000099000000050000", "veilig-thuis", "", []somebody{{"mw-1", is("medewerker-veilig-thuis")}}},
	{"rvdk", "00000099000000060000", "rvdk", "", []somebody{{"ro-1", is("raadsonderzoeker")}}},
	{"leerplicht", "00000099000000070000", "leerplicht", "", []somebody{{"la-1", is("leerplichtambtenaar")}}},
	{"halt", "00000099000000080000", "halt", "", []somebody{{"mw-2", is("medewerker")}}},
	{"gi", "00000099000000090000", "gi", "", []somebody{{"cr-1", is("casusregisseur")}}},
	{"jongerenwerk", "00000099000000100000", "jongerenwerk", "", []somebody{{"mw-3", is("medewerker")}}},
}

func is(functions ...vocabulary.Function) []vocabulary.Function { return functions }
