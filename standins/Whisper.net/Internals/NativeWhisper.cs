using System.Reflection;
using System.Runtime.InteropServices;
using Whisper.net.LibraryLoader;

namespace Whisper.net.Internals;

/// <summary>The functions of libwhisper that are used, under their C names.</summary>
internal static unsafe partial class NativeWhisper
{
    private const string Library = "libwhisper";
    private static readonly Lock LoadLock = new();

    static NativeWhisper() => NativeLibrary.SetDllImportResolver(typeof(NativeWhisper).Assembly, Resolve);

    [LibraryImport(Library)]
    public static partial ContextParams whisper_context_default_params();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint whisper_init_from_file_with_params_no_state(string path, ContextParams parameters);

    [LibraryImport(Library)]
    public static partial void whisper_free(nint context);

    [LibraryImport(Library)]
    public static partial nint whisper_init_state(nint context);

    [LibraryImport(Library)]
    public static partial void whisper_free_state(nint state);

    [LibraryImport(Library)]
    public static partial FullParams whisper_full_default_params(int strategy);

    [LibraryImport(Library)]
    public static partial int whisper_full_with_state(nint context, nint state, FullParams parameters, float* samples, int count);

    [LibraryImport(Library)]
    public static partial int whisper_full_n_segments_from_state(nint state);

    [LibraryImport(Library)]
    public static partial int whisper_full_lang_id_from_state(nint state);

    [LibraryImport(Library)]
    public static partial long whisper_full_get_segment_t0_from_state(nint state, int segment);

    [LibraryImport(Library)]
    public static partial long whisper_full_get_segment_t1_from_state(nint state, int segment);

    [LibraryImport(Library)]
    public static partial nint whisper_full_get_segment_text_from_state(nint state, int segment);

    [LibraryImport(Library)]
    public static partial float whisper_full_get_segment_no_speech_prob_from_state(nint state, int segment);

    [LibraryImport(Library)]
    public static partial int whisper_full_n_tokens_from_state(nint state, int segment);

    [LibraryImport(Library)]
    public static partial TokenData whisper_full_get_token_data_from_state(nint state, int segment, int token);

    [LibraryImport(Library)]
    public static partial nint whisper_full_get_token_text_from_state(nint context, nint state, int segment, int token);

    [LibraryImport(Library)]
    public static partial int whisper_lang_max_id();

    [LibraryImport(Library)]
    public static partial nint whisper_lang_str(int id);

    [LibraryImport(Library)]
    public static partial nint whisper_print_system_info();

    [LibraryImport(Library)]
    private static partial void whisper_log_set(delegate* unmanaged<int, nint, nint, void> callback, nint data);

    /// <summary>Loads the library once and keeps its chatter off the console.</summary>
    public static void EnsureLoaded()
    {
        lock (LoadLock)
        {
            if (RuntimeOptions.LoadedLibrary is null)
            {
                whisper_log_set(&Ignore, 0);
                RuntimeOptions.LoadedLibrary = RuntimeLibrary.Cpu;
            }
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
        {
            return 0;
        }

        var root = Path.GetDirectoryName(RuntimeOptions.LibraryPath) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
        var path = Path.Combine(root, "runtimes", "linux-x64", "whisper", "libwhisper.so.1");
        return File.Exists(path)
            ? NativeLibrary.Load(path)
            : throw new FileNotFoundException($"Native Library not found in path {path}.", path);
    }

    [UnmanagedCallersOnly]
    private static void Ignore(int level, nint text, nint data)
    {
    }
}
