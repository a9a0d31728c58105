"""Pipelines are found, built, refused when wrong, and a kept parse gives the same Doc again."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from outsource_nlp.annotate import layers, model, pipeline
from outsource_nlp.annotate.model import find_model
from outsource_nlp.annotate.pipeline import Annotator, find_config, load_pipeline, parse_recipe
from outsource_nlp.errors import ConfigurationError, ModelError
from outsource_nlp.records import Article
from outsource_nlp.settings import PipelineSpec

TEXT = "“Outsourcing is a mistake,” said Ada Lowe of Barnet Council.\n\nMinisters disagree."


def test_the_rules_pipeline_has_no_statistical_model(rules_nlp: Language) -> None:
    assert "parser" not in rules_nlp.pipe_names
    assert pipeline.model_of(PipelineSpec("rules")) is None


def test_components_are_found_without_importing_the_package() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for name in pipeline.OURS:
        nlp.add_pipe(name)
    assert nlp("Outsourcing is a mistake.").spans is not None


def test_a_pipeline_of_ones_own_is_read_from_a_path(tmp_path: Path) -> None:
    own = tmp_path / "own.cfg"
    own.write_text(find_config("rules").read_text(encoding="utf-8"), encoding="utf-8")
    assert load_pipeline(str(own)).pipe_names == load_pipeline("rules").pipe_names


def test_an_unknown_pipeline_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="default, rules"):
        load_pipeline("grand")


def test_a_misspelt_setting_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.cfg"
    own.write_text(find_config("rules").read_text(encoding="utf-8").replace("scorer =", "scroer ="), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="cannot be built"):
        load_pipeline(str(own))


def test_a_cfg_that_is_no_cfg_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.cfg"
    own.write_text("[nlp\nlang = ", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="cannot be built"):
        load_pipeline(str(own))


def test_a_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(ModelError, match="pip install"):
        find_model("en_no_such_model")


def test_a_model_whose_files_were_changed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    find_model.cache_clear()
    monkeypatch.setattr(model, "weights_digest", lambda package, version: "0" * 64)
    with pytest.raises(ModelError, match="install it again"):
        find_model(model.PINNED)
    find_model.cache_clear()


def test_a_kept_parse_gives_the_same_statements() -> None:
    annotator = Annotator(PipelineSpec())
    article = Article("a.txt", TEXT)
    (doc,) = annotator.parse([article])
    kept = annotator.freeze(doc)
    (again,) = annotator.restore([article], [kept])
    for read in (layers.mentions, layers.quotations, layers.statements):
        assert [repr(x) for x in read(annotator.annotate(doc))] == [repr(x) for x in read(annotator.annotate(again))]


def test_the_recipe_of_the_parse_knows_model_and_foreign_components_but_no_codebook(tmp_path: Path) -> None:
    own = tmp_path / "own.cfg"
    text = find_config("rules").read_text(encoding="utf-8")
    own.write_text(text.replace('lang = "en"', 'lang = "de"'), encoding="utf-8")
    recipes = {parse_recipe(PipelineSpec(name)) for name in ("default", "rules", str(own))}
    assert len(recipes) == 3
    assert parse_recipe(PipelineSpec("rules", "own.toml")) in recipes


def test_a_codebook_of_ones_own_reaches_the_component(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[targets]]\nname = "parks"\nside = 1\npatterns = ["park*"]\n', encoding="utf-8")
    nlp = load_pipeline("rules", codebook=str(own))
    assert [s.target for s in layers.statements(nlp("The parks are a disaster. Outsourcing is fine."))] == ["parks"]
