"""stub"""
from spacy.language import Language
@Language.factory("outsource_roles")
def make_roles(nlp, name): return lambda doc: doc
