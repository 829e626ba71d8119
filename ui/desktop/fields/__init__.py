"""Fields and shown changes that several views are made of."""
