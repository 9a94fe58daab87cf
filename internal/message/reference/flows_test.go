package reference_test

import (
	"io/fs"
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/message/reference"
	"github.com/sluis-gateway/sluis/policies"
)

// TestFlowsOfTheExamplesFitTheirKinds: a flow that leaves out a category that its kind always holds allows nothing, and looks as if it
// did.
func TestFlowsOfTheExamplesFitTheirKinds(t *testing.T) {
	files, err := fs.Glob(policies.FS, "convenanten/*/convenant.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d convenants, %v", len(files), err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(policies.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := convenant.ParseYAML(text)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		for _, flow := range c.Flows {
			always, _, err := reference.Categories(message.DefaultSchemas(), flow.Kind)
			if err != nil {
				t.Errorf("%s: %s: %v", file, flow.ID, err)
			}
			for _, category := range always {
				if !slices.Contains(flow.Categories, category) {
					t.Errorf("%s: flow %s lacks %s, which each %s holds", file, flow.ID, category, flow.Kind)
				}
			}
		}
	}
}
