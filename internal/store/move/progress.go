package move

// Step is what a move is doing.
type Step int

const (
	Copying   Step = iota + 1 // rows to the database
	Keeping                   // the copy, in one transaction
	Comparing                 // rows that are read back
	Verifying                 // the whole trail
	Leaving                   // the file: from here on there is no way back
	Opening                   // the database to gateways
)

// Progress is how far a move is. Table is what is copied or compared, "schema.name"; Rows is how many of it were.
type Progress struct {
	Step  Step
	Table string
	Rows  int64
}

func (m *mover) tell(s Step, rows int64) { m.told(Progress{Step: s, Rows: rows}) }

func (m *mover) told(p Progress) {
	if m.Tell != nil {
		m.Tell(p)
	}
}
