// Package vocabulary holds the words that a convenant, a message and a decision may use: roles, functions, kinds, purposes,
// legal bases, categories, conditions, statements, reasons, with their Dutch and English sentences.
//
// The codes live in data (policies/vocabulaire/*.yaml), embedded in the binary and shared with the Rego policies, so that Go
// and the policy cannot disagree. The package promises that what it loaded is complete: each code has both texts, and each
// reference between lists resolves, or loading fails. It must not decide anything.
package vocabulary

// The codes are typed so that a purpose cannot be passed for a category. Their values are the Dutch codes on the wire.
type (
	Role       string // rol: school, politie, rvdk, …
	SchoolType string // soortOnderwijs: po, vo, vso, pro, mbo
	Function   string // functie: veiligheidscoordinator, wijkagent, …
	Kind       string // soort: signaal, informatieverzoek, …
	Purpose    string // doel: veilige-school, …
	Basis      string // grondslag: avg-6-1-e, wpg-20, …
	Category   string // gegevenscategorie: verzuim, gedrag, …
	Condition  string // voorwaarde: fase-minimaal, …
	Statement  string // verklaring: oudersGeinformeerd, …
	Reason     string // reden: fase-te-laag, …
	Urgency    string // urgentie: regulier, spoed, crisis
	Theme      string // thema: verzuim, pesten, wapens, …
	AgeGroup   string // leeftijdsgroep: 0-11, 12-17, 18-22
)

// Codes that Go itself must know, because the code path depends on them. All others are data only.
const (
	Crisis  Urgency = "crisis"
	Regular Urgency = "regulier"
	Urgent  Urgency = "spoed"

	RolePolice Role = "politie" // what it shares about a person is police data (Wpg)
	RoleSchool Role = "school"  // the only role with a soortOnderwijs

	FunctionPrivacyOfficer Function = "privacyfunctionaris"
	FunctionPartyAdmin     Function = "partijbeheerder"
	FunctionConvenantAdmin Function = "convenantbeheerder"
)
