package sluis.voorwaarden

import data.sluis.algemeen

# METADATA
# title: Een crisis gaat voor
# description: |
#   Bij acuut gevaar wacht niemand op een fase, een gesprek met de ouders, een werkdag, een collega of een volgende periode. Een
#   crisis gaat alleen daarop voor, en alleen met een verzegelde motivering, die de privacyfunctionarissen achteraf
#   beoordelen. Doel, grondslag, gegevenscategorieën, contactpersonen, meldcode en de Wpg gelden onverkort - een andere
#   voorwaarde noemt deze regel niet.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, 2.2 (acuut gevaar: direct instanties inschakelen)'
crisis_gaat_voor if {
	algemeen.crisis
	input.vastgesteld.motivering
}
