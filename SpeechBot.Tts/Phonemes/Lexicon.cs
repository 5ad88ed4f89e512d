using System.Text;
using System.Text.Json;

namespace SpeechBot.Tts.Phonemes;

/// <summary>
/// Word → pronunciation in misaki's alphabet, from its JSON files. All entries lie as UTF-8 in one buffer that is indexed by an open hash
/// table: 180,000 words load in a few tens of milliseconds and take 7 MB, where a dictionary of strings takes 150 ms and 40 MB.
/// </summary>
public sealed class Lexicon
{
    // Where a word's sound depends on its part of speech, this one is used.
    private const string DefaultSense = "DEFAULT";
    private const int SlotCount = 1 << 19;
    private const int LongestText = byte.MaxValue;

    private readonly int[] _slots = new int[SlotCount];
    private byte[] _entries = new byte[5 << 20];

    // Entry 0 would look like an empty slot.
    private int _end = 1;

    private Lexicon()
    {
    }

    /// <summary>Number of words.</summary>
    public int Count { get; private set; }

    /// <summary>Loads JSON files of the form <c>{"word": "phonemes" | {"DEFAULT": "phonemes", …}}</c>.</summary>
    /// <param name="paths">The files; where two have a word, the first counts.</param>
    /// <exception cref="JsonException">A file is not of that form.</exception>
    public static Lexicon Load(params IEnumerable<string> paths)
    {
        var lexicon = new Lexicon();
        foreach (var path in paths)
        {
            lexicon.Add(File.ReadAllBytes(path));
        }

        return lexicon;
    }

    /// <summary>The pronunciation of a word exactly as it is written, or null.</summary>
    public string? Find(string word)
    {
        Span<byte> key = stackalloc byte[LongestText];
        if (!Encoding.UTF8.TryGetBytes(word, key, out var length))
        {
            return null;
        }

        var entry = _slots[FindSlot(key[..length])];
        return entry == 0 ? null : Encoding.UTF8.GetString(_entries, entry + 2 + _entries[entry], _entries[entry + 1]);
    }

    /// <summary>The pronunciation of a word as written, in lower case or capitalised, or null.</summary>
    public string? FindAnyCase(string word) =>
        word.Length == 0 ? null : Find(word) ?? Find(word.ToLowerInvariant()) ?? Find(char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant());

    private void Add(byte[] json)
    {
        Span<byte> key = stackalloc byte[LongestText];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A pronunciation file is one JSON object of words and their phonemes.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var length = reader.ValueSpan.Length > LongestText ? 0 : reader.CopyString(key);
            reader.Read();
            if (FindDefault(ref reader) && length > 0 && reader.ValueSpan.Length <= LongestText)
            {
                Add(key[..length], ref reader);
            }

            while (reader.TokenType == JsonTokenType.PropertyName || reader.CurrentDepth > 1)
            {
                reader.Read();
            }
        }
    }

    /// <summary>Moves to the value that counts: the string itself, or the default sense of an object.</summary>
    private static bool FindDefault(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return reader.TokenType == JsonTokenType.String;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isDefault = reader.ValueTextEquals(DefaultSense);
            reader.Read();
            if (isDefault)
            {
                return reader.TokenType == JsonTokenType.String;
            }
        }

        return false;
    }

    private void Add(scoped ReadOnlySpan<byte> key, ref Utf8JsonReader value)
    {
        var slot = FindSlot(key);
        if (_slots[slot] != 0 || Count > SlotCount / 2)
        {
            return;
        }

        if (_end + 2 + (2 * LongestText) > _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        var entry = _entries.AsSpan(_end);
        entry[0] = (byte)key.Length;
        key.CopyTo(entry[2..]);
        entry[1] = (byte)value.CopyString(entry[(2 + key.Length)..]);
        _slots[slot] = _end;
        _end += 2 + entry[0] + entry[1];
        Count++;
    }

    /// <summary>The slot that holds the key, or the free one where it belongs.</summary>
    private int FindSlot(ReadOnlySpan<byte> key)
    {
        // FNV-1a: short keys, no need to be hard to guess.
        var hash = 2166136261u;
        foreach (var value in key)
        {
            hash = (hash ^ value) * 16777619u;
        }

        var slot = (int)((hash ^ (hash >> 15)) % SlotCount);
        while (_slots[slot] is var entry and not 0 && !_entries.AsSpan(entry + 2, _entries[entry]).SequenceEqual(key))
        {
            slot = (slot + 1) % SlotCount;
        }

        return slot;
    }
}
