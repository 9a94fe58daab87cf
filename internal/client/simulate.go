package client

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

// Simulation is what a draft would have changed in the last days, as the gateway counted it.
type Simulation struct {
	Convenant string          `json:"convenant"`
	Version   int             `json:"versie"`
	Days      int             `json:"dagen"`
	Since     time.Time       `json:"vanaf"`
	Decisions Count           `json:"besluiten"`
	ToNo      Count           `json:"vanJaNaarNee"`
	ToYes     Count           `json:"vanNeeNaarJa"`
	ByRules   Count           `json:"doorRegels"`   // turn by newer rules, whatever the draft says
	Unsaid    Count           `json:"nietTeZeggen"` // older records lack what the rules of now look at
	Cut       bool            `json:"afgekapt"`
	Groups    []SimulatedTurn `json:"groepen"`
}

// Count is of messages of the own party exactly, and of others' rounded to a multiple of 5; nil: fewer than 5, zero perhaps.
type Count struct {
	Own    int  `json:"eigen"`
	Others *int `json:"anderen"`
}

// SimulatedTurn is a group of decisions that would turn. Codes are those of the vocabulary.
type SimulatedTurn struct {
	Turn   string `json:"richting"` // van-ja-naar-nee | van-nee-naar-ja
	Flow   string `json:"stroom"`
	From   string `json:"van"` // role
	To     string `json:"naar"`
	Kind   string `json:"soort"`
	Reason string `json:"reden"`
	Count
}

// simulateTimeout is longer than a gateway takes for one simulation.
const simulateTimeout = 2 * time.Minute

// Simulate asks what a draft would have changed in the last days (1 to 366). The error is a fault.List with lines when the draft is
// wrong.
func (c *Client) Simulate(ctx context.Context, yaml []byte, days int) (Simulation, error) {
	draft, err := convenant.ParseYAML(yaml)
	if err != nil {
		return Simulation{}, err
	}
	var s Simulation
	a, err := c.post(ctx, "/v1/convenanten/"+draft.ID+"/simulaties", "application/yaml", yaml,
		request{query: url.Values{"dagen": {strconv.Itoa(days)}}, timeout: simulateTimeout})
	if err != nil {
		return Simulation{}, err
	}
	return s, a.decode(&s)
}
