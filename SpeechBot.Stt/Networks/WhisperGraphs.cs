using static SpeechBot.Stt.Networks.OnnxGraph;

namespace SpeechBot.Stt.Networks;

/// <summary>
/// Whisper's two networks (Radford et al., "Robust speech recognition via large-scale weak supervision", 2022; openai/whisper, model.py) as
/// ONNX, with the weights of a <see cref="GgmlFile"/>.
/// </summary>
internal sealed class WhisperGraphs
{
    /// <summary>The vocabulary, one row for each token: what a token begins as, and what it is known by at the end.</summary>
    public const string Tokens = "decoder.token_embedding";

    private const float Smallest = 1e-5f;

    private readonly GgmlFile _file;
    private readonly OnnxGraph _graph = new();
    private readonly bool _quantised;

    private WhisperGraphs(GgmlFile file, bool quantised) => (_file, _quantised) = (file, quantised);

    private int HeadWidth => _file.Width / _file.TextHeads;

    /// <summary>
    /// Features <c>mel</c> [1, bands, 2n] and <c>positions</c> [1, n, width] → for each layer i of the decoder <c>cross_key_i</c> and
    /// <c>cross_value_i</c> [1, heads, n, width of a head]. In 32 bits: so many positions at once are multiplied faster than in 8.
    /// </summary>
    public static byte[] Encoder(GgmlFile file) => new WhisperGraphs(file, quantised: false).Encode();

    /// <summary>
    /// <c>tokens</c> [1, n, width], <c>past_key_i</c> and <c>past_value_i</c> [1, heads, before, width of a head] and what the encoder gave →
    /// <c>logits</c> [1, 1, vocabulary] of what follows the last one, and <c>present_key_i</c> and <c>present_value_i</c> for the next step.
    /// In 8 bits as in the file: one token takes as long as its weights take from memory.
    /// </summary>
    public static byte[] Decoder(GgmlFile file) => new WhisperGraphs(file, quantised: true).Decode();

    private byte[] Encode()
    {
        var mel = _graph.Input("mel", 1, _file.Bands, "frames");
        var sound = Convolve(Convolve(mel, "encoder.conv1", stride: 1), "encoder.conv2", stride: 2);
        var x = Sum(_graph.Add("Transpose", [sound], With("perm", 0, 2, 1)), _graph.Input("positions", 1, "positions", _file.Width));
        for (var layer = 0; layer < _file.AudioLayers; layer++)
        {
            var block = $"encoder.blocks.{layer}";
            var normal = Normalise(x, $"{block}.attn_ln");
            var heard = Attend(_file.AudioHeads, 1, Project(normal, $"{block}.attn.query"), Project(normal, $"{block}.attn.key", bias: false), Project(normal, $"{block}.attn.value"))[0];
            x = Think(Sum(x, Project(heard, $"{block}.attn.out")), block);
        }

        x = Normalise(x, "encoder.ln_post");
        var heads = _graph.Numbers("heads", 0, 0, _file.TextHeads, HeadWidth);
        for (var layer = 0; layer < _file.TextLayers; layer++)
        {
            var block = $"decoder.blocks.{layer}.cross_attn";
            Output($"cross_key_{layer}", Project(x, $"{block}.key", bias: false));
            Output($"cross_value_{layer}", Project(x, $"{block}.value"));
        }

        return _graph.ToBytes();

        void Output(string name, string value) =>
            _graph.Output(name, _graph.Add("Transpose", [_graph.Add("Reshape", [value, heads])], With("perm", 0, 2, 1, 3)), 1, _file.TextHeads, "positions", HeadWidth);
    }

    private byte[] Decode()
    {
        var x = _graph.Input("tokens", 1, "tokens", _file.Width);
        for (var layer = 0; layer < _file.TextLayers; layer++)
        {
            var block = $"decoder.blocks.{layer}";
            var normal = Normalise(x, $"{block}.attn_ln");
            var self = Attend(
                _file.TextHeads, 3, Project(normal, $"{block}.attn.query"), Project(normal, $"{block}.attn.key", bias: false), Project(normal, $"{block}.attn.value"),
                "", "", "", Input($"past_key_{layer}", "before"), Input($"past_value_{layer}", "before"));
            _graph.Output($"present_key_{layer}", self[1], 1, _file.TextHeads, "all", HeadWidth);
            _graph.Output($"present_value_{layer}", self[2], 1, _file.TextHeads, "all", HeadWidth);
            x = Sum(x, Project(self[0], $"{block}.attn.out"));

            var asked = Project(Normalise(x, $"{block}.cross_attn_ln"), $"{block}.cross_attn.query");
            var heard = Attend(_file.TextHeads, 1, asked, Input($"cross_key_{layer}", "positions"), Input($"cross_value_{layer}", "positions"))[0];
            x = Think(Sum(x, Project(heard, $"{block}.cross_attn.out")), block);
        }

        var last = _graph.Add("Gather", [x, _graph.Numbers("last", -1)], With("axis", 1));
        _graph.Output("logits", Project(Normalise(last, "decoder.ln"), Tokens, bias: false), 1, 1, _file.Vocabulary);
        return _graph.ToBytes();

        string Input(string name, string length) => _graph.Input(name, 1, _file.TextHeads, length, HeadWidth);
    }

    private string Convolve(string x, string name, int stride)
    {
        var kernel = _graph.Weights($"{name}.weight", _file.Read($"{name}.weight"), _file.Shape($"{name}.weight"));
        return _graph.Add("Gelu", [_graph.Add("Conv", [x, kernel, Vector($"{name}.bias")], With("kernel_shape", [3L]), With("pads", 1, 1), With("strides", [(long)stride]))]);
    }

    // Each token sees those before it, which matters where there are several; with what is heard there is no order.
    private string[] Attend(int heads, int results, params string[] inputs) =>
        _graph.Add(OnnxGraph.Microsoft, "MultiHeadAttention", inputs, results, With("num_heads", heads), With("unidirectional", results > 1 ? 1 : 0));

    private string Think(string x, string block) =>
        Sum(x, Project(_graph.Add("Gelu", [Project(Normalise(x, $"{block}.mlp_ln"), $"{block}.mlp.0")]), $"{block}.mlp.2"));

    private string Project(string x, string name, bool bias = true)
    {
        var y = _quantised ? MultiplyQuantised(x, $"{name}.weight") : Multiply(x, $"{name}.weight");
        return bias ? Sum(y, Vector($"{name}.bias")) : y;
    }

    private string Multiply(string x, string name)
    {
        var (rows, columns) = (_file.Shape(name)[0], _file.Shape(name)[1]);
        var values = _file.Read(name);
        var turned = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            turned[(i % columns * rows) + (i / columns)] = values[i];
        }

        return _graph.Add("MatMul", [x, _graph.Weights(name, turned, columns, rows)]);
    }

    private string MultiplyQuantised(string x, string name)
    {
        const int Middle = 128; // The operator's numbers are not signed.
        const int AsBytes = 4; // It turns the other side into 8 bits, too, as whisper.cpp does.
        var (rows, columns) = (_file.Shape(name)[0], _file.Shape(name)[1]);
        var (numbers, scales) = _file.ReadQuantised(name);
        var blocks = columns / GgmlFile.BlockWeights;
        string[] inputs =
        [
            x,
            _graph.Bytes($"{name}.numbers", Array.ConvertAll(numbers, number => (byte)(number + Middle)), rows, blocks, GgmlFile.BlockWeights),
            _graph.Weights($"{name}.scales", scales, rows, blocks),
        ];
        return _graph.Add(
            OnnxGraph.Microsoft, "MatMulNBits", inputs, 1,
            With("N", rows), With("K", columns), With("bits", 8), With("block_size", GgmlFile.BlockWeights), With("accuracy_level", AsBytes))[0];
    }

    private string Normalise(string x, string name) =>
        _graph.Add("LayerNormalization", [x, Vector($"{name}.weight"), Vector($"{name}.bias")], With("axis", -1), With("epsilon", Smallest));

    private string Sum(string a, string b) => _graph.Add("Add", [a, b]);

    private string Vector(string name)
    {
        var values = _file.Read(name);
        return _graph.Weights(name, values, values.Length);
    }
}
