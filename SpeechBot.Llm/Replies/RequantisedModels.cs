using System.Security.Cryptography;
using LLama;
using LLama.Native;
using Microsoft.Extensions.Options;

namespace SpeechBot.Llm.Replies;

/// <summary>
/// Copies of small models in a format that CPUs multiply faster, in the user's cache folder. llama.cpp has no matrix product for Q4_1, only
/// one row after the other: as Q8_0, which holds the same weights to a 250th of the largest in each block, one core reads a prompt in 0.6 of the
/// time (docs/latency.md). Where the folder cannot be used, models run as they are.
/// </summary>
internal sealed class RequantisedModels(IOptions<ReplyOptions> options, ILogger<RequantisedModels> logger)
{
    private const string Off = "off";

    // As GGUF writes LLAMA_FTYPE_MOSTLY_Q4_1 into "general.file_type".
    private const string Slow = "3";

    // The words of a larger model are as fast as its weights come out of memory, and a copy has half as many bytes again.
    private const long LargestModel = 128 << 20;

    private string Folder => options.Value.CachePath is { Length: > 0 } path ? path
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } user
        ? Path.Combine(user, "SpeechBot", "brains")
        : throw new IOException("this user has no folder for application data");

    /// <summary>The copy of a model, or null where there is none (yet).</summary>
    public string? Find(string modelPath)
    {
        try
        {
            return CopyOf(modelPath) is { } copy && File.Exists(copy) ? copy : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever loads the model tells what is wrong with it.
            return null;
        }
    }

    /// <summary>Makes the copy of a model that gains by one; takes a second. Null where it gains nothing, or no copy can be kept.</summary>
    /// <param name="modelPath">The model's file.</param>
    /// <param name="format">Its <c>general.file_type</c>.</param>
    /// <param name="report">Told that it takes a moment.</param>
    public string? Make(string modelPath, string? format, Action<string> report)
    {
        try
        {
            if (format != Slow || CopyOf(modelPath) is not { } copy)
            {
                return null;
            }

            report("preparing it for this processor, once");
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            var draft = $"{copy}.{Guid.NewGuid():N}.tmp";
            try
            {
                if (!LLamaQuantizer.Quantize(modelPath, draft, LLamaFtype.MOSTLY_Q8_0, Environment.ProcessorCount, allowRequantize: true, quantizeOutputTensor: true))
                {
                    throw new IOException("llama.cpp could not write it");
                }

                // Whoever starts at the same moment sees either no copy or a whole one.
                File.Move(draft, copy, overwrite: true);
                return copy;
            }
            finally
            {
                File.Delete(draft);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.NotRequantised(modelPath, exception.Message);
            return null;
        }
    }

    /// <summary>Throws a copy away that turned out to be unusable.</summary>
    public void Forget(string copy, Exception reason)
    {
        logger.CopyForgotten(copy, reason.Message);
        try
        {
            File.Delete(copy);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.NotRequantised(copy, exception.Message);
        }
    }

    // The same model in another folder has the same copy. Reading it whole takes 60 ms.
    private string? CopyOf(string modelPath)
    {
        if (string.Equals(options.Value.CachePath, Off, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        using var model = File.OpenRead(modelPath);
        return model.Length <= LargestModel
            ? Path.Combine(Folder, $"{Path.GetFileNameWithoutExtension(modelPath)}-{Convert.ToHexStringLower(SHA256.HashData(model))[..16]}.Q8_0.gguf")
            : null;
    }
}
