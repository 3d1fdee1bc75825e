package rows

var Binary = Group{Name: "binary", Measure: func(Options) ([]Row, error) { return nil, nil }}
