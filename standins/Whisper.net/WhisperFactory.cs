using System.Runtime.InteropServices;
using Whisper.net.Internals;

namespace Whisper.net;

/// <summary>One model in memory, from which any number of processors are built.</summary>
public sealed class WhisperFactory : IDisposable
{
    private nint _context;

    private WhisperFactory(nint context) => _context = context;

    /// <summary>Loads a ggml model file.</summary>
    /// <exception cref="WhisperModelLoadException">The file is missing, damaged or no ggml Whisper model.</exception>
    public static WhisperFactory FromPath(string path) => FromPath(path, WhisperFactoryOptions.Default);

    /// <summary>Loads a ggml model file.</summary>
    /// <exception cref="WhisperModelLoadException">The file is missing, damaged or no ggml Whisper model.</exception>
    public static WhisperFactory FromPath(string path, WhisperFactoryOptions options)
    {
        NativeWhisper.EnsureLoaded();
        var parameters = NativeWhisper.whisper_context_default_params();
        parameters.UseGpu = ToByte(options.UseGpu);
        parameters.FlashAttention = ToByte(options.UseFlashAttention);
        parameters.GpuDevice = options.GpuDevice;
        var context = NativeWhisper.whisper_init_from_file_with_params_no_state(path, parameters);
        return context == 0 ? throw new WhisperModelLoadException("Failed to load the whisper model.") : new WhisperFactory(context);
    }

    /// <summary>The processor features that the native library was built with.</summary>
    public static string? GetRuntimeInfo()
    {
        NativeWhisper.EnsureLoaded();
        return Marshal.PtrToStringUTF8(NativeWhisper.whisper_print_system_info());
    }

    /// <summary>The two-letter names of the languages that multilingual models know.</summary>
    public static IEnumerable<string> GetSupportedLanguages()
    {
        NativeWhisper.EnsureLoaded();
        for (var id = 0; id < NativeWhisper.whisper_lang_max_id(); id++)
        {
            if (Marshal.PtrToStringUTF8(NativeWhisper.whisper_lang_str(id)) is { Length: > 0 } language)
            {
                yield return language;
            }
        }
    }

    /// <summary>Starts the description of a processor.</summary>
    /// <exception cref="ObjectDisposedException">The model was freed.</exception>
    public WhisperProcessorBuilder CreateBuilder()
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        return new WhisperProcessorBuilder(_context);
    }

    /// <summary>Frees the model. No processor may be running.</summary>
    public void Dispose()
    {
        var context = Interlocked.Exchange(ref _context, 0);
        if (context != 0)
        {
            NativeWhisper.whisper_free(context);
        }
    }

    private static byte ToByte(bool value) => value ? (byte)1 : (byte)0;
}
