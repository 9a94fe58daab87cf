package vocabulary

import "io/fs"

// --- OWNER: policy helper. Replace these stubs; keep the signatures (add what the data needs). ---

// Text is one sentence in two languages.
type Text struct{ NL, EN string }

// KindInfo tells what a kind is.
type KindInfo struct {
	Text      Text
	Answers   []Kind // kinds that this kind is an answer to (informatieantwoord answers informatieverzoek); empty for openers
	Anonymous bool   // never carries a betrokkene (consultvraag, consultadvies)
}

// ReasonInfo is how a reason is told.
type ReasonInfo struct {
	Sentence Text   // with {placeholders}
	Advice   Text   // who to turn to, what would be allowed
	Article  string // of the law, where the law and not the convenant says so; else ""
}

// Vocabulary is everything loaded.
type Vocabulary struct { /* owner */
}

// Load reads policies/vocabulaire/*.yaml from fsys and checks that it is complete.
func Load(fsys fs.FS) (*Vocabulary, error) { panic("stub") }

// Default is the embedded vocabulary, loaded once; a broken one cannot be built into a binary that passed its tests.
func Default() *Vocabulary { panic("stub") }

func (v *Vocabulary) HasRole(Role) bool               { panic("stub") }
func (v *Vocabulary) HasFunction(Role, Function) bool { panic("stub") }
func (v *Vocabulary) HasSchoolType(SchoolType) bool   { panic("stub") }
func (v *Vocabulary) Kind(Kind) (KindInfo, bool)      { panic("stub") }
func (v *Vocabulary) Kinds() []Kind                   { panic("stub") }
func (v *Vocabulary) HasPurpose(Purpose) bool         { panic("stub") }
func (v *Vocabulary) HasBasis(Basis) bool             { panic("stub") }
func (v *Vocabulary) HasCategory(Category) bool       { panic("stub") }
func (v *Vocabulary) HasStatement(Statement) bool     { panic("stub") }
func (v *Vocabulary) HasTheme(Theme) bool             { panic("stub") }
func (v *Vocabulary) HasAgeGroup(AgeGroup) bool       { panic("stub") }

// Reason gives how a reason is told; ok is false for an unknown code.
func (v *Vocabulary) Reason(Reason) (ReasonInfo, bool) { panic("stub") }

// Label gives the Dutch label of any code ("veiligheidscoordinator" → "veiligheidscoördinator"); the code itself when unknown.
func (v *Vocabulary) Label(code string) string { panic("stub") }
