package registry

import "github.com/sluis-gateway/sluis/internal/convenant"

// Check says what else there is against a convenant, besides its form: that its own rules do not compile, for example. What is wrong
// with the text comes as a fault.List. It is asked of each draft before it is kept, and of each version that is loaded.
type Check func(*convenant.Convenant) error

// check asks every check.
func (r *Registry) check(c *convenant.Convenant) error {
	for _, check := range r.checks {
		if err := check(c); err != nil {
			return err
		}
	}
	return nil
}
