using System.Numerics.Tensors;

namespace SpeechBot.Tts.Phonemes;

/// <summary>
/// Letters → phonemes for words that no lexicon has: the encoder and decoder of g2p-en 2.1.0, one GRU layer each. A word takes about a
/// millisecond. Thread-safe.
/// </summary>
public sealed class SpellingNetwork
{
    private const int Width = 256;
    private const int LongestWord = 20;
    private const int EndOfLetters = 2;
    private const int FirstLetter = 3;
    private const int Start = 2;
    private const int End = 3;

    private static readonly string[] Symbols =
        ("<pad> <unk> <s> </s> AA0 AA1 AA2 AE0 AE1 AE2 AH0 AH1 AH2 AO0 AO1 AO2 AW0 AW1 AW2 AY0 AY1 AY2 B CH D DH EH0 EH1 EH2 ER0 ER1 ER2 "
        + "EY0 EY1 EY2 F G HH IH0 IH1 IH2 IY0 IY1 IY2 JH K L M N NG OW0 OW1 OW2 OY0 OY1 OY2 P R S SH T TH UH0 UH1 UH2 UW UW0 UW1 UW2 V W Y Z ZH").Split(' ');

    private readonly Layer _encoder;
    private readonly Layer _decoder;
    private readonly float[] _outputWeights;
    private readonly float[] _outputBias;

    private SpellingNetwork(Dictionary<string, float[]> arrays)
    {
        _encoder = new Layer(arrays, "enc");
        _decoder = new Layer(arrays, "dec");
        (_outputWeights, _outputBias) = (arrays["fc_w"], arrays["fc_b"]);
    }

    /// <summary>Loads the weights, an <c>.npz</c> of float arrays.</summary>
    /// <exception cref="InvalidDataException">The file is not what this network needs.</exception>
    public static SpellingNetwork Load(string path)
    {
        var arrays = NumpyArchive.Read(path);
        return arrays.GetValueOrDefault("fc_b")?.Length == Symbols.Length
            ? new SpellingNetwork(arrays)
            : throw new InvalidDataException($"{path} does not hold the g2p-en network: an array fc_b of {Symbols.Length} values was expected.");
    }

    /// <summary>The IPA of a word; anything but the letters a to z is ignored.</summary>
    public string Pronounce(string word)
    {
        var letters = word.ToLowerInvariant().Where(char.IsAsciiLetterLower).ToArray();
        if (letters.Length == 0)
        {
            return "";
        }

        var state = new float[Width];
        foreach (var letter in letters)
        {
            _encoder.Step(letter - 'a' + FirstLetter, state);
        }

        _encoder.Step(EndOfLetters, state);
        return Arpabet.ToIpa(Decode(state));
    }

    private List<string> Decode(float[] state)
    {
        List<string> sounds = [];
        var scores = new float[Symbols.Length];
        for (var symbol = Start; sounds.Count < LongestWord;)
        {
            _decoder.Step(symbol, state);
            Layer.Multiply(_outputWeights, state, _outputBias, scores);
            symbol = TensorPrimitives.IndexOfMax<float>(scores);
            if (symbol == End)
            {
                break;
            }

            if (symbol > End)
            {
                sounds.Add(Symbols[symbol]);
            }
        }

        return sounds;
    }

    /// <summary>One GRU layer behind an embedding, gates in PyTorch's order: reset, update, new.</summary>
    private sealed class Layer(Dictionary<string, float[]> arrays, string name)
    {
        private readonly float[] _embedding = arrays[name + "_emb"];
        private readonly float[] _inputWeights = arrays[name + "_w_ih"];
        private readonly float[] _inputBias = arrays[name + "_b_ih"];
        private readonly float[] _stateWeights = arrays[name + "_w_hh"];
        private readonly float[] _stateBias = arrays[name + "_b_hh"];

        public static void Multiply(float[] weights, ReadOnlySpan<float> input, float[] bias, Span<float> output)
        {
            for (var row = 0; row < output.Length; row++)
            {
                output[row] = TensorPrimitives.Dot(weights.AsSpan(row * Width, Width), input) + bias[row];
            }
        }

        public void Step(int symbol, float[] state)
        {
            Span<float> fromInput = stackalloc float[3 * Width];
            Span<float> fromState = stackalloc float[3 * Width];
            Multiply(_inputWeights, _embedding.AsSpan(symbol * Width, Width), _inputBias, fromInput);
            Multiply(_stateWeights, state, _stateBias, fromState);
            for (var i = 0; i < Width; i++)
            {
                var reset = Sigmoid(fromInput[i] + fromState[i]);
                var update = Sigmoid(fromInput[Width + i] + fromState[Width + i]);
                var fresh = MathF.Tanh(fromInput[(2 * Width) + i] + (reset * fromState[(2 * Width) + i]));
                state[i] = ((1 - update) * fresh) + (update * state[i]);
            }
        }

        private static float Sigmoid(float value) => 1 / (1 + MathF.Exp(-value));
    }
}
