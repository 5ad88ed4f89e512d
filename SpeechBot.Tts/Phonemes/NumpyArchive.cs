using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace SpeechBot.Tts.Phonemes;

/// <summary>Reads the float arrays of a NumPy <c>.npz</c> file: a zip of <c>.npy</c> files, each a header and little-endian data.</summary>
internal static class NumpyArchive
{
    private const int PreambleLength = 10;

    /// <summary>All arrays by name, flattened in row order.</summary>
    /// <exception cref="InvalidDataException">It is not such a file, or an array is not of 32-bit floats.</exception>
    public static Dictionary<string, float[]> Read(string path)
    {
        var arrays = new Dictionary<string, float[]>(StringComparer.Ordinal);
        using var archive = ZipFile.OpenRead(path);
        foreach (var entry in archive.Entries)
        {
            using var stream = entry.Open();
            var bytes = new byte[entry.Length];
            stream.ReadExactly(bytes);

            var headerLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
            var header = Encoding.ASCII.GetString(bytes, PreambleLength, headerLength);
            if (!header.Contains("'<f4'", StringComparison.Ordinal) || header.Contains("'fortran_order': True", StringComparison.Ordinal))
            {
                throw new InvalidDataException($"{entry.Name} in {path} is not an array of 32-bit floats in row order: {header.Trim()}");
            }

            arrays[Path.GetFileNameWithoutExtension(entry.Name)] = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(PreambleLength + headerLength)).ToArray();
        }

        return arrays;
    }
}
