"""The network as an ONNX graph with 8-bit weights: trained tensors enter, a ``ModelProto`` leaves.

Written out node by node rather than exported, for three reasons: one row a call needs no padding and no mask;
each word's embedding gets a scale of its own, so that rare words lose nothing; and weights stay within 7 bits,
because processors without VNNI add two products in 16 bits and would overflow with 8.

Behind some layers stands an exit: a head of its own and an ``If``. Where it is sure enough its logits are the answer
and the layers after it are not computed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HEADS, LAYERS = 12, 6
EPSILON = 1e-12
MICROSOFT = "com.microsoft"


class Graph:
    """Collects nodes and constants; every method returns the name of what it adds."""

    def __init__(self, tensors: Mapping[str, np.ndarray], *, bits: int = 7, prefix: str = "") -> None:
        """``tensors`` are the trained ones by name; ``bits`` is the precision of the layers' weights.

        ``prefix`` begins every name that is added: a branch must not use those of the graph around it.
        """
        self.tensors, self.bits, self.prefix = tensors, bits, prefix
        self.limit = 2 ** (bits - 1) - (0 if bits < 8 else 1)
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: np.ndarray) -> str:
        """A named constant, added once."""
        name = self.prefix + name
        self.constants.setdefault(name, numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def node(self, kind: str, inputs: list[str], *, domain: str = "", outputs: int = 1, **attributes: object) -> str:
        """One operation; the name of its first output."""
        name = f"{self.prefix}{kind}_{len(self.nodes)}"
        names = [name, *(f"{name}_{i}" for i in range(1, outputs))]
        self.nodes.append(helper.make_node(kind, inputs, names, name=name, domain=domain, **attributes))
        return name

    def weight(self, name: str, matrix: np.ndarray) -> tuple[str, str, str]:
        """A matrix of shape (in, out) with one scale a column: names of weights, scales and zero points."""
        scale = np.maximum(np.abs(matrix).max(axis=0), 1e-8) / self.limit
        codes = np.clip(np.rint(matrix / scale), -self.limit, self.limit).astype(np.int8)
        return (self.constant(f"{name}.codes", codes), self.constant(f"{name}.scale", scale.astype(np.float32)),
                self.constant(f"{name}.zero", np.zeros(matrix.shape[1], np.int8)))

    def dense(self, x: str, name: str) -> str:
        """``x`` times a trained matrix plus its bias, in integers."""
        codes, scale, zero = self.weight(name, self.tensors[f"{name}.weight"].T)
        bias = self.constant(f"{name}.bias", self.tensors[f"{name}.bias"])
        return self.node("DynamicQuantizeMatMul", [x, codes, scale, zero, bias], domain=MICROSOFT)

    def normalised(self, x: str, skip: str, name: str) -> str:
        """Layer norm of a sum; in two steps, which onnxruntime does five times as fast as in one."""
        gamma, beta = (self.constant(f"{name}.{part}", self.tensors[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.node("LayerNormalization", [self.node("Add", [x, skip]), gamma, beta], axis=-1, epsilon=EPSILON)

    def attention(self, x: str, name: str) -> str:
        """All heads at once; the three projections are one matrix."""
        parts = [f"{name}.self.{part}" for part in ("query", "key", "value")]
        matrix = np.concatenate([self.tensors[f"{p}.weight"].T for p in parts], axis=1)
        codes, scale, zero = self.weight(f"{name}.self", matrix)
        bias = self.constant(f"{name}.self.bias", np.concatenate([self.tensors[f"{p}.bias"] for p in parts]))
        q = self.node("DynamicQuantizeLinear", [x], outputs=3)
        return self.node("QAttention", [q, codes, bias, f"{q}_1", scale, "", f"{q}_2", zero],
                         domain=MICROSOFT, num_heads=HEADS)

    def embeddings(self, max_tokens: int) -> str:
        """Words (8 bits, one scale a word) + places + segments, normalised; shape (1, tokens, width)."""
        table = self.tensors["encoder.embeddings.word_embeddings.weight"]
        scale = (np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127).astype(np.float32)
        codes = self.constant("words.codes", np.rint(table / scale).astype(np.int8))
        rows = self.node("Cast", [self.node("Gather", [codes, "ids"])], to=TensorProto.FLOAT)
        words = self.node("Mul", [rows, self.node("Gather", [self.constant("words.scale", scale), "ids"])])
        places = self.tensors["encoder.embeddings.position_embeddings.weight"][:max_tokens]
        zero, one = self.constant("zero", np.array([0], np.int64)), self.constant("one", np.array([1], np.int64))
        length = self.node("Slice", [self.node("Shape", ["ids"]), one, self.constant("two", np.array([2], np.int64))])
        here = self.node("Slice", [self.constant("places", places), zero, length, zero])
        kinds = self.constant("segments.table", self.tensors["encoder.embeddings.token_type_embeddings.weight"])
        context = self.node("Add", [self.node("Gather", [kinds, "segments"]), here])
        return self.normalised(words, context, "encoder.embeddings.LayerNorm")

    def layer(self, x: str, name: str) -> str:
        """One layer of the encoder."""
        mixed = self.dense(self.attention(x, f"{name}.attention"), f"{name}.attention.output.dense")
        x = self.normalised(mixed, x, f"{name}.attention.output.LayerNorm")
        wide = self.node("Gelu", [self.dense(x, f"{name}.intermediate.dense")], domain=MICROSOFT)
        return self.normalised(self.dense(wide, f"{name}.output.dense"), x, f"{name}.output.LayerNorm")

    def head(self, x: str, name: str = "") -> str:
        """First token and mean of all to three logits, by the head of that name."""
        first = self.node("Gather", [x, self.constant("start", np.array(0, np.int64))], axis=1)
        joint = self.node("Concat", [first, self.node("ReduceMean", [x], axes=[1], keepdims=0)], axis=1)
        inner, outer = ([self.constant(key, self.tensors[key]) for key in (f"{name}{n}.weight", f"{name}{n}.bias")]
                        for n in ("inner", "outer"))
        return self.node("Gemm", [self.node("Tanh", [self.node("Gemm", [joint, *inner], transB=1)]), *outer], transB=1)

    def encoder(self, x: str, first: int = 0) -> str:
        """The layers from ``first`` on, with their exits; the logits."""
        for i in range(first, LAYERS):
            x = self.layer(x, f"encoder.encoder.layer.{i}")
            if f"exits.{i + 1}.threshold" in self.tensors:
                return self.exit(x, i + 1)
        return self.head(x)

    def exit(self, x: str, layer: int) -> str:
        """The logits of the exit behind a layer if they are sure enough, else those of the layers that follow."""
        early = self.head(x, f"exits.{layer}.")
        sure = self.node("ReduceMax", [self.node("Softmax", [early], axis=-1)], keepdims=0)
        threshold = self.constant(f"exits.{layer}.threshold", self.tensors[f"exits.{layer}.threshold"])
        stay = Graph(self.tensors, bits=self.bits, prefix=f"early.{layer}.")
        stay.node("Identity", [early])
        go_on = Graph(self.tensors, bits=self.bits, prefix=f"after.{layer}.")
        go_on.node("Identity", [go_on.encoder(x, layer)])
        return self.node("If", [self.node("GreaterOrEqual", [sure, threshold])],
                         then_branch=stay.proto("early"), else_branch=go_on.proto("after"))

    def proto(self, name: str, inputs: Sequence[onnx.ValueInfoProto] = ()) -> onnx.GraphProto:
        """The graph; its last node's output, of shape (1, 3), is the graph's."""
        out = helper.make_tensor_value_info(self.nodes[-1].output[0], TensorProto.FLOAT, [1, 3])
        return helper.make_graph(self.nodes, name, inputs, [out], list(self.constants.values()))


def build(tensors: Mapping[str, np.ndarray], *, max_tokens: int, bits: int = 7) -> onnx.ModelProto:
    """The whole graph: ``ids`` and ``segments`` of shape (1, tokens) in, ``logits`` (1, 3) out."""
    graph = Graph(tensors, bits=bits)
    last = graph.encoder(graph.embeddings(max_tokens))
    graph.nodes.append(helper.make_node("Identity", [last], ["logits"], name="logits"))
    pairs = [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "tokens"]) for name in ("ids", "segments")]
    return helper.make_model(graph.proto("stance", pairs), ir_version=8, producer_name="outsource-nlp",
                             opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)])
