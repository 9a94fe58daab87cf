package vocabulary

// words is the shape of the files together; each top-level key stands in one file.
type words struct {
	Roles       map[Role]roleEntry          `yaml:"rollen"`
	EveryRole   []Function                  `yaml:"functiesVanElkeRol"`
	Functions   map[Function]Text           `yaml:"functies"`
	SchoolTypes map[SchoolType]Text         `yaml:"onderwijssoorten"`
	Kinds       map[Kind]kindEntry          `yaml:"soorten"`
	Purposes    map[Purpose]purposeEntry    `yaml:"doelen"`
	Bases       map[Basis]basisEntry        `yaml:"grondslagen"`
	Categories  map[Category]categoryEntry  `yaml:"gegevens"`
	Conditions  map[Condition]conditionItem `yaml:"voorwaarden"`
	Statements  map[Statement]Text          `yaml:"verklaringen"`
	Themes      map[Theme]Text              `yaml:"themas"`
	AgeGroups   map[AgeGroup]Text           `yaml:"leeftijdsgroepen"`
	Urgencies   map[Urgency]Text            `yaml:"urgenties"`
	LogReasons  map[string]Text             `yaml:"logdoelen"`
	Thresholds  map[string]Text             `yaml:"verzuimdrempels"`
	Words       map[string]Text             `yaml:"woorden"`
	Phases      map[int]phaseEntry          `yaml:"fasen"`
	Reasons     map[Reason]reasonEntry      `yaml:"redenen"`
}

type roleEntry struct {
	Text      Text       `yaml:",inline"`
	Phrase    Text       `yaml:"zin"`
	Functions []Function `yaml:"functies"`
}

type kindEntry struct {
	Text        Text   `yaml:",inline"`
	Answers     []Kind `yaml:"antwoordOp"`
	Anonymous   bool   `yaml:"anoniem"`
	AboutPerson bool   `yaml:"overPersoon"`
	Corrects    bool   `yaml:"corrigeert"`
}

type purposeEntry struct {
	Text  Text `yaml:",inline"`
	Never bool `yaml:"nooit"`
}

type basisEntry struct {
	Text       Text                 `yaml:",inline"`
	Article    string               `yaml:"artikel"`
	PoliceData bool                 `yaml:"wpg"`
	Decision   string               `yaml:"wpgBesluit"`
	From       []Role               `yaml:"van"`
	To         []Role               `yaml:"naar"`
	Kinds      []Kind               `yaml:"soorten"`
	Statements []Statement          `yaml:"verklaringen"`
	ForKind    map[Kind][]Statement `yaml:"verklaringenBij"`
	Categories []Category           `yaml:"gegevens"`
	NotBetween []Role               `yaml:"nietTussen"`
}

type categoryEntry struct {
	Text Text     `yaml:",inline"`
	Ask  Function `yaml:"vraagAan"`
	Law  string   `yaml:"wet"`
	// PointsOut is read by the rules too: an anonymous message holds no such data.
	PointsOut bool `yaml:"wijstAan"`
}

type conditionItem struct {
	Text      Text      `yaml:",inline"`
	Short     Text      `yaml:"kort"`
	Parameter Parameter `yaml:"parameter"`
	List      string    `yaml:"uit"`
	Min       int       `yaml:"minimum"`
	Max       int       `yaml:"maximum"`
	Enforced  bool      `yaml:"afgedwongen"`
	Reasons   []Reason  `yaml:"redenen"`
}

type phaseEntry struct {
	Text   Text `yaml:",inline"`
	Advice Text `yaml:"advies"`
}

type reasonEntry struct {
	Sentence Text   `yaml:"zin"`
	Advice   Text   `yaml:"advies"`
	Article  string `yaml:"artikel"`
}
